import { Token } from 'aws-cdk-lib';
import { DeploymentEnvironment } from './deployment-environment';
import type { DeploymentWave } from './deployment-wave';
import type { ReleaseDestinationOptions } from './release-destination';
import { ENVIRONMENT_NAME } from '../aws/limits';
import { instanceOf, LIST, readRequired } from '../pipeline/read-options';
import type { Problems } from '../pipeline/problems';

/**
 * Environments of a wave, each with the collector at its property, and how many of them are released to at the same
 * time.
 */
export interface WaveMembers {
  readonly members: ReadonlyArray<{ readonly environment: DeploymentEnvironment; readonly problems: Problems }>;
  readonly maxParallel: number;
}

const ENVIRONMENT = instanceOf(DeploymentEnvironment, "use e.g. new DeploymentEnvironment('berlin', { target })");

/** Reads the environments of a wave, and reports what is wrong with the wave. */
export function readWave(
  { waveName, _environments, _options: options }: DeploymentWave,
  problems: Problems,
): WaveMembers {
  problems.at('waveName').name(waveName, ENVIRONMENT_NAME, 'rename it');
  const at = problems.at('environments');
  const environments = readRequired(_environments, LIST, at);
  if (environments?.length === 0) {
    at.add('hold at least one environment', [], 'name one, or leave the wave out');
  }
  const members = (environments ?? []).flatMap((environment, i) =>
    ENVIRONMENT(environment, at.index(i)) ? [{ environment, problems: at.index(i) }] : [],
  );
  for (const { environment, problems: own } of members) validateMember(environment, waveName, own);
  const maxParallel = maxParallelOf(options.maxParallel, members.length, problems.at('maxParallel'));
  return { members, maxParallel };
}

/** Validates that an environment configures nothing that belongs to its wave. */
function validateMember(
  { environmentName, _options: options }: DeploymentEnvironment,
  waveName: string,
  problems: Problems,
): void {
  for (const key of STAGE_OPTIONS.filter((option) => options[option] !== undefined)) {
    const fix = `say it on the wave '${waveName}': its environments are let in and taken back together`;
    problems.at(key).add('be left out of an environment in a wave', environmentName, fix);
  }
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
