import { Token } from 'aws-cdk-lib';
import type { DeploymentWave } from './deployment-wave';
import type { ReleaseDestinationOptions } from './release-destination';
import { ENVIRONMENT_NAME } from '../aws/limits';
import type { Problems } from '../pipeline/problems';

/** Validates a wave, and returns how many of its environments are released to at the same time. */
export function validateWave(wave: DeploymentWave, problems: Problems): number {
  const { waveName, _environments: environments, _options: options } = wave;
  problems.at('waveName').name(waveName, ENVIRONMENT_NAME, 'rename it');
  if (environments.length === 0) {
    problems.at('environments').add('hold at least one environment', [], 'name one, or leave the wave out');
  }
  for (const [i, { environmentName, _options: own }] of environments.entries()) {
    for (const key of STAGE_OPTIONS.filter((option) => own[option] !== undefined)) {
      problems
        .at('environments')
        .index(i)
        .at(key)
        .add(
          'be left out of an environment in a wave',
          environmentName,
          `say it on the wave '${waveName}': its environments are let in and taken back together`,
        );
    }
  }
  return maxParallelOf(options.maxParallel, environments.length, problems.at('maxParallel'));
}

/** It decides in which order all actions run, so it must be concrete. */
function maxParallelOf(maxParallel: number | undefined, all: number, problems: Problems): number {
  const everything = Math.max(1, all);
  if (maxParallel === undefined) return everything;
  if (Number.isInteger(maxParallel) && maxParallel >= 1) return maxParallel;
  problems.add(
    'be a whole number, at least 1',
    Token.isUnresolved(maxParallel) ? 'a token' : maxParallel,
    'say how many environments may be released to at the same time, or leave it out for all',
  );
  return everything;
}

/** Options of a stage, and so of a wave as a whole. The record makes the compiler report one that is added. */
const OF_THE_STAGE: Readonly<Record<keyof ReleaseDestinationOptions, true>> = {
  production: true,
  approval: true,
  beforeEntry: true,
  onSuccess: true,
  onFailure: true,
};
const STAGE_OPTIONS = Object.keys(OF_THE_STAGE) as Array<keyof ReleaseDestinationOptions>;
