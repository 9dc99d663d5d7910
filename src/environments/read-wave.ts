import { Token } from 'aws-cdk-lib';
import { DeploymentEnvironment } from './deployment-environment';
import type { DeploymentWave } from './deployment-wave';
import type { ReleaseDestinationOptions } from './release-destination';
import { ENVIRONMENT_NAME } from '../aws/limits';
import { instanceOf, LIST, readRequired } from '../pipeline/read-options';
import { atLeastOne, type Problems } from '../pipeline/problems';

/** Describes the environments of a wave, each with the collector at its property. */
export interface WaveMembers {
  readonly members: ReadonlyArray<{ readonly environment: DeploymentEnvironment; readonly problems: Problems }>;
  /** Number of environments that are deployed to at the same time. */
  readonly maxParallel: number;
}

const ENVIRONMENT = instanceOf(DeploymentEnvironment, "use e.g. new DeploymentEnvironment('berlin', { target })");

/** Reads the environments of a wave, and reports invalid ones. */
export function readWave(
  { waveName, _environments, _options: options }: DeploymentWave,
  problems: Problems,
): WaveMembers {
  problems.at('waveName').name(waveName, ENVIRONMENT_NAME, 'rename it');
  const at = problems.at('environments');
  const environments = readRequired(_environments, LIST, at);
  if (environments?.length === 0) {
    at.add(atLeastOne('environment'), [], 'add an environment, or remove the wave');
  }
  const members = (environments ?? [])
    .map((environment, i) => ({ environment, problems: at.index(i) }))
    .filter((member) => ENVIRONMENT(member.environment, member.problems));
  for (const member of members) validateMember(member.environment, waveName, member.problems);
  const maxParallel = maxParallelOf(options.maxParallel, members.length, problems.at('maxParallel'));
  return { members, maxParallel };
}

/** Validates that an environment sets no option that belongs to its wave. */
function validateMember(
  { environmentName, _options: options }: DeploymentEnvironment,
  waveName: string,
  problems: Problems,
): void {
  for (const key of WAVE_OPTIONS.filter((option) => options[option] !== undefined)) {
    const fix = `set it on the wave '${waveName}', whose environments are approved and rolled back together`;
    problems.at(key).add('not be set on an environment in a wave', environmentName, fix);
  }
}

/** Returns the number of parallel deployments. It determines the run order of all actions, so it must be concrete. */
function maxParallelOf(maxParallel: number | undefined, environments: number, problems: Problems): number {
  const unlimited = Math.max(1, environments);
  if (maxParallel === undefined) return unlimited;
  if (Number.isInteger(maxParallel) && maxParallel >= 1) return maxParallel;
  problems.add(
    'be a whole number of at least 1',
    Token.isUnresolved(maxParallel) ? 'a token' : maxParallel,
    'pass the number of environments to deploy to at the same time, or remove it for all',
  );
  return unlimited;
}

/** Options of a wave as a whole. The type makes the compiler report missing ones. */
const WAVE_OPTION_NAMES: Readonly<Record<keyof ReleaseDestinationOptions, true>> = {
  production: true,
  approval: true,
  reviewChangeSets: true,
  beforeEntry: true,
  onSuccess: true,
  onFailure: true,
};
const WAVE_OPTIONS = Object.keys(WAVE_OPTION_NAMES) as Array<keyof ReleaseDestinationOptions>;
