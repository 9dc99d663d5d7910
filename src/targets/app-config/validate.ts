import { type aws_appconfig as appconfig, Token } from 'aws-cdk-lib';
import {
  AppConfigProfile,
  type ProfileChoice,
  areDifferentIds,
  literalStart,
  type ProfileFacts,
  readProfile,
} from './app-config-profile';
import type { AppConfigOptions, HostedProfileOptions } from './options';
import { APP_CONFIG_ID, HOSTED_DEPLOYMENT_MINUTES, HOSTED_LOCATION, pipelineLocation } from '../../aws/app-config';
import { NON_EMPTY_STRING, type Problems } from '../../pipeline/problems';
import { ANY, FLAG, type OptionTypes, TEXT, typeOf, instanceOf, resourceWith } from '../../pipeline/read-options';
import { A_FILE_PATH, NO_PARENT, RESOURCE } from '../../pipeline/rules';

export const ENVIRONMENT = resourceWith(
  'environmentId',
  'an AppConfig environment',
  "pass one of this app, or import it: appconfig.Environment.fromEnvironmentArn(this, 'Live', 'arn:…')",
);

export const PROFILE = instanceOf(AppConfigProfile, 'use AppConfigProfile.hosted or AppConfigProfile.pipeline');

const CONFIGURATION = typeOf(
  'a configuration profile, or the id of one',
  'pass one of this app, e.g. an appconfig.HostedConfiguration, or use hostedById or pipelineById',
  isConfiguration,
);

export const STRATEGY = resourceWith(
  'deploymentStrategyId',
  RESOURCE.deploymentStrategy,
  "pass one, e.g. appconfig.DeploymentStrategy.fromDeploymentStrategyId(this, 'Strategy', " +
    'appconfig.DeploymentStrategyId.ALL_AT_ONCE)',
);

/** Types of the options. Required options are validated where they are used. */
export const OPTION_TYPES: OptionTypes<AppConfigOptions> = {
  deploymentName: ANY,
  configurationPath: ANY,
  deploymentStrategy: ANY,
};

export const HOSTED_OPTION_TYPES: OptionTypes<HostedProfileOptions> = {
  validateBeforeApproval: FLAG,
  contentType: TEXT,
};

function isConfiguration(value: unknown): boolean {
  const id: unknown = typeof value === 'string' ? value : Object(value).configurationProfileId;
  return typeof id === 'string' && id !== '';
}

/** Returns the properties of a valid profile. */
export function validateProfile({ kind, profile }: ProfileChoice, problems: Problems): ProfileFacts | undefined {
  if (!CONFIGURATION(profile, problems)) return undefined;
  const facts = readProfile(profile);
  const { profileId, location } = facts;
  if (!Token.isUnresolved(profileId)) problems.name(profileId, APP_CONFIG_ID, 'use the id, not the name');
  validateLocation(kind, location, problems);
  return facts;
}

/** Validates the literal start of the location of a profile. */
function validateLocation(kind: ProfileChoice['kind'], location: string | undefined, problems: Problems): void {
  if (location === undefined) return;
  const start = literalStart(location);
  if (start === undefined) return;
  if (kind === 'hosted' && start !== HOSTED_LOCATION) {
    const fix = 'use AppConfigProfile.pipeline for a profile of this pipeline; other locations are not supported';
    problems.add(`have the location '${HOSTED_LOCATION}'`, location, fix);
  }
  if (kind === 'pipeline' && !start.startsWith(pipelineLocation(''))) {
    const fix = 'use AppConfigProfile.hosted for a hosted profile; other locations are not supported';
    problems.add(`have the location '${pipelineLocation('<pipeline name>')}'`, location, fix);
  }
}

/** Validates that a profile belongs to the application of the environment. */
export function validateApplication(
  facts: ProfileFacts,
  environment: appconfig.IEnvironment,
  problems: Problems,
): void {
  const { applicationId = environment.applicationId } = facts;
  if (!areDifferentIds(applicationId, environment.applicationId)) return;
  problems.add(
    'belong to the application of the environment',
    'a profile of another application',
    `pass a profile of the application of ${environment.node.path}`,
  );
}

/** Validates the path of a file of an artifact, and returns whether it is a string. */
export function validatePath(path: unknown, problems: Problems): path is string {
  const fix = "write it relative to the root of the artifact, e.g. 'flags.json'";
  if (typeof path !== 'string' || path === '') {
    problems.add(NON_EMPTY_STRING, path, fix);
    return false;
  }
  // eslint-disable-next-line no-control-regex
  if (/^([/~]|[A-Za-z]:)|\\|[\x00-\x1f]|\/$/.test(path)) {
    problems.add(A_FILE_PATH, path, fix);
  } else if (path.split('/').includes('..')) {
    problems.add(NO_PARENT, path, fix);
  }
  return true;
}

/** Validates that a Commands action can wait for a deployment. */
export function validateMinutes(minutes: number | undefined, problems: Problems): void {
  if (minutes === undefined || minutes < HOSTED_DEPLOYMENT_MINUTES) return;
  problems.add(
    `take less than ${HOSTED_DEPLOYMENT_MINUTES} minutes including its bake time, since a Commands ` +
      'action cannot wait longer',
    `${minutes} minutes`,
    'choose a shorter strategy, e.g. appconfig.DeploymentStrategyId.CANARY_10_PERCENT_20_MINUTES',
  );
}
