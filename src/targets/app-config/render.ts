import { Resource, Stack, Token } from 'aws-cdk-lib';
import type {
  ConfigurationIds,
  DeployHostedConfigurationSpec,
  DeployPipelineConfigurationSpec,
  HostedConfigurationSpec,
  ValidateConfigurationSpec,
} from './spec';
import { pipelineLocation } from '../../aws/app-config';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { failIfAny, Problems } from '../../pipeline/problems';
import type { EnvironmentPlacement, ReferencedResource, TargetKind } from '../../render/action-kind';
import { lookUpCommands, publishParameters, readParameterStatements } from '../../render/environment-parameters';
import { type EnvironmentScope, deploymentScope, renderActionRole } from '../../render/environment-scope';
import { artifactReadStatements, type Statement, allow, arnOf } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { RESOURCE } from '../../pipeline/rules';

/** Renders the Commands action that validates a version of a hosted profile, under the role of the environment. */
export const VALIDATE_CONFIGURATION: TargetKind<ValidateConfigurationSpec> = {
  kind: 'validate-configuration',
  render: (context, spec, step) => renderHosted(context, spec, step, renderValidation),
  renderResources: renderValidation,
  referencedResources,
  requiredNames: () => [],
  validateEnvironment: () => {},
};

/** Renders the Commands action that deploys a version of a hosted profile, under the role of the environment. */
export const DEPLOY_HOSTED_CONFIGURATION: TargetKind<DeployHostedConfigurationSpec> = {
  kind: 'deploy-hosted-configuration',
  render: (context, spec, step) => renderHosted(context, spec, step, renderHostedDeployment),
  renderResources: renderHostedDeployment,
  referencedResources,
  requiredNames: () => [],
  validateEnvironment: () => {},
};

/** Renders the AppConfig action of CodePipeline, under the role of the environment. */
export const DEPLOY_PIPELINE_CONFIGURATION: TargetKind<DeployPipelineConfigurationSpec> = {
  kind: 'deploy-pipeline-configuration',
  render: renderByPipeline,
  renderResources: renderPipelineDeployment,
  referencedResources,
  requiredNames: () => [],
  validateEnvironment: validateSameEnv,
};

type RenderResources<Spec> = (scope: EnvironmentScope, spec: Spec) => RenderedEnvironment;

function renderHosted<Spec extends HostedConfigurationSpec>(
  { environments }: RenderContext,
  spec: Spec,
  { environmentVariables = {}, commands = [] }: StepPlan,
  renderResources: RenderResources<Spec>,
): RenderedAction {
  const { environmentScope, crossEnv, actionRole } = environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  const published = crossEnv ? publishedVariables(spec) : {};
  const variables = Object.entries({ ...environmentVariables, ...idVariables(spec.ids) }).filter(
    ([name]) => !(name in published),
  );
  const parameters = Object.keys(published).map((name) => [name, crossEnv!.parameter(parameterKey(spec, name))]);
  return {
    role: actionRole(environment?.actionRole),
    region: crossEnv?.region,
    environment,
    environmentVariables: variables.map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
    commands: [...lookUpCommands(Object.fromEntries(parameters)), ...commands],
  };
}

function renderValidation(environmentScope: EnvironmentScope, spec: ValidateConfigurationSpec): RenderedEnvironment {
  return renderHostedRole(environmentScope, spec, validateConfigurationStatements(spec.ids));
}

function renderHostedDeployment(
  environmentScope: EnvironmentScope,
  spec: DeployHostedConfigurationSpec,
): RenderedEnvironment {
  const { names } = environmentScope;
  const published = names ? publishedVariables(spec) : {};
  if (names && Object.keys(published).length > 0) {
    const values = Object.entries(published).map(([name, value]) => [parameterKey(spec, name), value]);
    publishParameters(deploymentScope(environmentScope, spec.deploymentId), names, Object.fromEntries(values));
  }
  return renderHostedRole(environmentScope, spec, deployConfigurationStatements(spec.ids));
}

function renderHostedRole(
  environmentScope: EnvironmentScope,
  spec: HostedConfigurationSpec,
  statements: readonly Statement[],
): RenderedEnvironment {
  const { names, environment: environmentName, store } = environmentScope;
  const published = names ? Object.keys(publishedVariables(spec)) : [];
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(store),
      ...environmentScope.actionLogs(),
      ...hostVersionStatements(spec.ids),
      ...statements,
      ...readParameterStatements(published.map((name) => names!.parameter(parameterKey(spec, name)))),
    ],
  });
  return { environmentName, actionRole };
}

function idVariables({ applicationId, environmentId, profileId, strategyId }: ConfigurationIds) {
  return {
    APPLICATION_ID: applicationId,
    ENVIRONMENT_ID: environmentId,
    CONFIGURATION_PROFILE_ID: profileId,
    DEPLOYMENT_STRATEGY_ID: strategyId,
  };
}

/** Returns the ids that CloudFormation generates. In another account or Region, parameters contain them. */
function publishedVariables({ ids }: HostedConfigurationSpec): Record<string, string> {
  return Object.fromEntries(Object.entries(idVariables(ids)).filter(([, id]) => Token.isUnresolved(id)));
}

function parameterKey({ deploymentId }: HostedConfigurationSpec, variable: string): string {
  return `${deploymentId}-${variable.toLowerCase().replaceAll('_', '-')}`;
}

function renderByPipeline(
  { scope, environments, pipelineName }: RenderContext,
  spec: DeployPipelineConfigurationSpec,
  { path }: StepPlan,
): RenderedAction {
  const problems = new Problems(path);
  validateLocation(scope, spec, pipelineName, problems.at('profile'));
  failIfAny(scope, problems.all);
  const { environmentScope, actionRole } = environments.get(spec.environment)!;
  const environment = environmentScope && renderPipelineDeployment(environmentScope, spec);
  return { role: actionRole(environment?.actionRole), environment };
}

function renderPipelineDeployment(
  environmentScope: EnvironmentScope,
  { ids }: DeployPipelineConfigurationSpec,
): RenderedEnvironment {
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [...artifactReadStatements(environmentScope.store), ...deployConfigurationStatements(ids)],
  });
  return { environmentName: environmentScope.environment, actionRole };
}

/** Validates that the location of a profile is the pipeline, whose name is known only when it is rendered. */
function validateLocation(
  scope: RenderContext['scope'],
  { location }: DeployPipelineConfigurationSpec,
  pipelineName: string,
  problems: Problems,
): void {
  const resolved: unknown = Stack.of(scope).resolve(location);
  const expected = pipelineLocation(pipelineName);
  if (typeof resolved !== 'string' || resolved === expected) return;
  const fix = 'set a pipelineName, and the location of the profile to that pipeline';
  problems.add(`have the location of this pipeline, '${expected}'`, resolved, fix);
}

/**
 * Validates that the environment is in the account and Region of the pipeline, since the location of a profile contains
 * only the name of the pipeline.
 */
function validateSameEnv(
  _step: StepPlan<DeployPipelineConfigurationSpec>,
  { env, pipelineEnv }: EnvironmentPlacement,
  problems: Problems,
): void {
  const { account = pipelineEnv.account, region = pipelineEnv.region } = env;
  if (account === pipelineEnv.account && region === pipelineEnv.region) return;
  problems
    .at('profile')
    .add(
      'be a hosted profile if the environment is in another account or Region than the pipeline',
      'AppConfigProfile.pipeline',
      'use AppConfigProfile.hosted',
    );
}

/** Returns the environment, and a strategy of this app. The account and Region of an imported strategy are unknown. */
function referencedResources({ appConfigEnvironment, strategy }: ConfigurationReferences): ReferencedResource[] {
  const environment = {
    prop: 'environment',
    resourceKind: 'an environment',
    resource: appConfigEnvironment,
    regional: true,
  };
  if (!Resource.isOwnedResource(strategy)) return [environment];
  return [
    environment,
    { prop: 'deploymentStrategy', resourceKind: RESOURCE.deploymentStrategy, resource: strategy, regional: true },
  ];
}

type ConfigurationReferences = Pick<HostedConfigurationSpec, 'appConfigEnvironment' | 'strategy'>;

/**
 * Returns the ARNs of the resources of a deployment.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
 */
function arnsOf({ applicationId, environmentId, profileId, strategyId }: ConfigurationIds) {
  const application = `application/${applicationId}`;
  const environment = `${application}/environment/${environmentId}`;
  return {
    application: arnOf('appconfig', application),
    environment: arnOf('appconfig', environment),
    profile: arnOf('appconfig', `${application}/configurationprofile/${profileId}`),
    deployments: arnOf('appconfig', `${environment}/deployment/*`),
    strategy: arnOf('appconfig', `deploymentstrategy/${strategyId}`),
  };
}

/**
 * Allows the action role to start, read and stop deployments of one profile to one environment with one strategy.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-AppConfig.html
 */
export function deployConfigurationStatements(ids: ConfigurationIds): Statement[] {
  const { application, environment, profile, deployments, strategy } = arnsOf(ids);
  return [
    allow(['appconfig:StartDeployment'], [application, environment, profile, strategy]),
    allow(['appconfig:GetDeployment', 'appconfig:StopDeployment'], [application, environment, deployments]),
  ];
}

/** Allows the action role to list and create versions of a hosted profile. */
export function hostVersionStatements(ids: ConfigurationIds): Statement[] {
  const { application, profile } = arnsOf(ids);
  return [
    allow(
      ['appconfig:ListHostedConfigurationVersions', 'appconfig:CreateHostedConfigurationVersion'],
      [application, profile],
    ),
  ];
}

/** Allows the action role to validate a version. */
export function validateConfigurationStatements(ids: ConfigurationIds): Statement[] {
  const { application, profile } = arnsOf(ids);
  return [allow(['appconfig:ValidateConfiguration'], [application, profile])];
}
