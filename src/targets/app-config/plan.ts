import type { aws_appconfig as appconfig } from 'aws-cdk-lib';
import { posix } from 'node:path';
import type { AppConfigProfile, ProfileChoice, ProfileFacts } from './app-config-profile';
import { DEPLOY_COMMANDS, DEPLOYMENT, VALIDATE_COMMANDS, VERSION } from './commands';
import type { AppConfigOptions, HostedProfileOptions } from './options';
import type {
  ConfigurationIds,
  DeployHostedConfigurationSpec,
  DeployPipelineConfigurationSpec,
  ValidateConfigurationSpec,
} from './spec';
import {
  ENVIRONMENT,
  HOSTED_OPTION_TYPES,
  OPTION_TYPES,
  PROFILE,
  STRATEGY,
  validateApplication,
  validateMinutes,
  validatePath,
  validateProfile,
} from './validate';
import {
  APP_CONFIG_ACTION_MINUTES,
  CONTENT_TYPE,
  CONTENT_TYPES,
  DEFAULT_CONTENT_TYPE,
  PREDEFINED_STRATEGIES,
} from '../../aws/app-config';
import type { ReceiverPlan, StepPlan, SynthWarning } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { readOptions } from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import {
  type DeployRequest,
  NOTHING_PLANNED,
  type TargetPlan,
  type TargetPlanner,
  deploymentStepName,
  validateDeploymentName,
} from '../deploy-request';
import { releasedFilesOf } from '../image-commands';
import { envOfResource } from '../resources';

/** Id of the resources of a deployment without a name. */
const DEFAULT_PART = 'Configuration';

/** Plans the deployment of a configuration by AWS AppConfig. */
export class AppConfigTarget implements TargetPlanner {
  public constructor(
    private readonly environment: appconfig.IEnvironment,
    private readonly profile: AppConfigProfile,
    private readonly options: AppConfigOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const deployment = this.planDeployment(request.problems);
    if (!deployment) return NOTHING_PLANNED;
    const { choice, environment } = deployment;
    const env = envOfResource(environment);
    if (choice.kind === 'pipeline') return { steps: [planByPipeline(deployment, request)], env };
    return { ...planHosted(deployment, choice.options, request), env };
  }

  private planDeployment(problems: Problems): Deployment | undefined {
    const { environment, profile } = this;
    const hasEnvironment = ENVIRONMENT(environment, problems.at('environment'));
    const profileProblems = problems.at('profile');
    const facts = readProfileOf(profile, profileProblems);
    if (hasEnvironment && facts) validateApplication(facts, environment, profileProblems);
    const fix = 'set configurationPath and deploymentStrategy';
    if (!problems.at('options').required('set', this.options, fix)) return undefined;
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const { configurationPath, deploymentStrategy, deploymentName } = options;
    const hasName = validateDeploymentName(deploymentName, problems);
    const hasPath = validatePath(configurationPath, problems.at('configurationPath'));
    const hasStrategy = STRATEGY(deploymentStrategy, problems.at('deploymentStrategy'));
    if (!hasEnvironment || !facts || !hasName || !hasPath || !hasStrategy || !deploymentStrategy) return undefined;
    const { applicationId, environmentId } = environment;
    return {
      choice: profile._choice,
      environment,
      profile: facts,
      configurationPath,
      strategy: deploymentStrategy,
      deploymentName,
      ids: {
        applicationId,
        environmentId,
        profileId: facts.profileId,
        strategyId: deploymentStrategy.deploymentStrategyId,
      },
    };
  }
}

function readProfileOf(profile: AppConfigProfile, problems: Problems): ProfileFacts | undefined {
  if (!PROFILE(profile, problems)) return undefined;
  return validateProfile(profile._choice, problems);
}

/** A deployment with all required properties. */
interface Deployment {
  readonly choice: ProfileChoice;
  readonly environment: appconfig.IEnvironment;
  readonly profile: ProfileFacts;
  readonly configurationPath: string;
  readonly strategy: appconfig.IDeploymentStrategy;
  readonly deploymentName?: string;
  readonly ids: ConfigurationIds;
}

/** Plans the Commands actions of a hosted profile: one deploys, another may run its validators before the approval. */
function planHosted(deployment: Deployment, profileOptions: HostedProfileOptions, request: DeployRequest): TargetPlan {
  const { environment, configurationPath, strategy, deploymentName, ids } = deployment;
  const { problems } = request;
  const profileProblems = problems.at('profile');
  const options = readOptions(profileOptions, HOSTED_OPTION_TYPES, profileProblems);
  const { validateBeforeApproval = true, contentType = contentTypeOf(configurationPath) } = options;
  profileProblems.at('contentType').name(contentType, CONTENT_TYPE, "use a media type, e.g. 'application/json'");
  validateMinutes(minutesOf(strategy), problems.at('deploymentStrategy'));
  const spec = {
    environment: request.environment,
    appConfigEnvironment: environment,
    strategy,
    ids,
    deploymentId: deploymentName ?? DEFAULT_PART,
    configurationPath,
    contentType,
  };
  const name = deploymentStepName('Deploy', request.environment, deploymentName);
  const step = {
    path: problems.path,
    propNames: { 'environmentVariables.CONFIGURATION_PATH': 'configurationPath' },
    provider: 'commands' as const,
    inputs: [releasedFilesOf(request)],
    outputs: [],
    configuration: {},
    environmentVariables: { CONFIGURATION_PATH: configurationPath, CONTENT_TYPE: contentType },
  };
  const deploy: StepPlan<DeployHostedConfigurationSpec> = {
    ...step,
    name,
    commands: DEPLOY_COMMANDS,
    namespace: namespaceOf(name),
    exports: [VERSION, DEPLOYMENT],
    safeExports: [VERSION, DEPLOYMENT],
    receiver: receiverOf(deployment),
    spec: { ...spec, kind: 'deploy-hosted-configuration' },
  };
  if (!validateBeforeApproval) return { steps: [deploy] };
  const validate: StepPlan<ValidateConfigurationSpec> = {
    ...step,
    name: deploymentStepName('Validate', request.environment, deploymentName),
    commands: VALIDATE_COMMANDS,
    spec: { ...spec, kind: 'validate-configuration' },
  };
  return { steps: [deploy], beforeApproval: [validate] };
}

/** Plans the AppConfig action, which deploys the file to a profile whose source is the pipeline. */
function planByPipeline(deployment: Deployment, request: DeployRequest): StepPlan<DeployPipelineConfigurationSpec> {
  const { environment, profile, configurationPath, strategy, deploymentName, ids } = deployment;
  const { applicationId, environmentId, profileId, strategyId } = ids;
  const name = deploymentStepName('Deploy', request.environment, deploymentName);
  return {
    name,
    path: request.problems.path,
    propNames: {
      Application: 'environment',
      Environment: 'environment',
      ConfigurationProfile: 'profile',
      InputArtifactConfigurationPath: 'configurationPath',
      DeploymentStrategy: 'deploymentStrategy',
    },
    provider: 'appConfig',
    inputs: [releasedFilesOf(request)],
    outputs: [],
    configuration: {
      Application: applicationId,
      Environment: environmentId,
      ConfigurationProfile: profileId,
      InputArtifactConfigurationPath: configurationPath,
      DeploymentStrategy: strategyId,
    },
    receiver: receiverOf(deployment),
    warnings: timeoutWarnings(name, strategy),
    spec: {
      kind: 'deploy-pipeline-configuration',
      environment: request.environment,
      appConfigEnvironment: environment,
      strategy,
      ids,
      location: profile.location,
    },
  };
}

function receiverOf({ environment, ids }: Deployment): ReceiverPlan {
  const { applicationId, environmentId, profileId } = ids;
  return {
    resourceKind: 'profile of an AppConfig environment',
    name: `${profileId} of ${environment.node.path}`,
    identity: [applicationId, environmentId, profileId],
  };
}

function contentTypeOf(path: string): string {
  return CONTENT_TYPES[posix.extname(path).slice(1).toLowerCase()] ?? DEFAULT_CONTENT_TYPE;
}

/** Returns the minutes of a strategy including its bake time; undefined if it is imported and not predefined by AWS. */
function minutesOf(strategy: appconfig.IDeploymentStrategy): number | undefined {
  const predefined = PREDEFINED_STRATEGIES[strategy.deploymentStrategyId];
  const { deploymentDurationInMinutes: minutes = predefined?.deploymentMinutes } = strategy;
  const { finalBakeTimeInMinutes: bakeMinutes = predefined?.bakeMinutes ?? 0 } = strategy;
  return minutes === undefined ? undefined : minutes + bakeMinutes;
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/limits.html */
function timeoutWarnings(name: string, strategy: appconfig.IDeploymentStrategy): SynthWarning[] {
  const minutes = minutesOf(strategy);
  if (minutes === undefined || minutes < APP_CONFIG_ACTION_MINUTES) return [];
  return [
    {
      id: `appconfig-timeout[${name}]`,
      text:
        `The deployment strategy of '${name}' takes ${minutes} minutes including its bake time, ` +
        `but CodePipeline ends an AppConfig action after ${APP_CONFIG_ACTION_MINUTES} minutes by default. ` +
        'It is not documented which of the two takes precedence. ' +
        'Choose a shorter strategy, or request a quota increase.',
    },
  ];
}
