/** Describes how long AWS AppConfig takes to deploy a configuration. */
interface PredefinedStrategy {
  readonly deploymentMinutes: number;
  readonly bakeMinutes: number;
}

/**
 * Predefined deployment strategies, by their ids.
 *
 * @see https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy-predefined.html
 */
export const PREDEFINED_STRATEGIES: Readonly<Record<string, PredefinedStrategy>> = {
  'AppConfig.AllAtOnce': { deploymentMinutes: 0, bakeMinutes: 10 },
  'AppConfig.Canary10Percent20Minutes': { deploymentMinutes: 20, bakeMinutes: 10 },
  'AppConfig.Linear20PercentEvery6Minutes': { deploymentMinutes: 30, bakeMinutes: 30 },
  'AppConfig.Linear50PercentEvery30Seconds': { deploymentMinutes: 1, bakeMinutes: 1 },
};

/**
 * Minutes after which CodePipeline ends an AppConfig action, unless the quota is raised. AWS does not document whether
 * a longer deployment strategy extends it.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const APP_CONFIG_ACTION_MINUTES = 60;

/**
 * Minutes that a Commands action waits for a deployment. CodePipeline ends the action after 55 minutes, which no quota
 * raises; the rest is for its start and for stopping the deployment.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html
 */
export const HOSTED_DEPLOYMENT_MINUTES = 50;

/** Location of a configuration profile whose configurations AppConfig stores itself. */
export const HOSTED_LOCATION = 'hosted';

/**
 * Returns the location of a configuration profile whose configurations come from a pipeline.
 *
 * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateConfigurationProfile.html
 */
export function pipelineLocation(pipelineName: string): string {
  return `codepipeline://${pipelineName}`;
}

/**
 * Media types of configuration files, by the ends of their names.
 *
 * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateHostedConfigurationVersion.html
 */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  yaml: 'application/x-yaml',
  yml: 'application/x-yaml',
};

/** Media type of other configuration files. */
export const DEFAULT_CONTENT_TYPE = 'text/plain';

/** @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_CreateHostedConfigurationVersion.html */
export const CONTENT_TYPE = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9.+-]*\/[A-Za-z0-9.+-]+(; ?[A-Za-z0-9=-]+)*$/,
  maxLength: 255,
  description: "a media type, as in 'application/json'",
};

/**
 * Ids of applications, environments, profiles and strategies.
 *
 * @see https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_StartDeployment.html
 */
export const APP_CONFIG_ID = {
  pattern: /^[a-z0-9]{4,7}$/,
  maxLength: 7,
  description: "4 to 7 lowercase letters and digits, as in 'abc1234'",
};
