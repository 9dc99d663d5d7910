import { aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { appSpecLines } from './app-spec';
import { deploymentConfiguration } from './deployment-configuration';
import { isNetworkLoadBalancer, validateCodeDeploy } from './validate';
import { CODE_DEPLOY_TO_ECS, DEFAULT_BAKE_MINUTES, imagePlaceholder, placeholderToken } from '../../../aws/code-deploy';
import { compact } from '../../../common/compact';
import { quote, writeCommands } from '../../../pipeline/shell-words';
import { taskDefinitionCommands, type ContainerImage } from '../../ecs/task-definition-commands';
import type { ContainerSpec } from '../../ecs/task-definition-spec';
import { artifactsOf } from '../../image-commands';
import type { HookFunctions, RolloutPlan, TrafficShift } from '../../rollout/plan';
import type { DeploymentOptions, DeploymentRequest, PlannedDeployment, ServiceDeployer } from '../deployer';
import type { CodeDeployController } from '../plan-deployment-controller';
import { trafficPort, type ServiceFacts } from '../read-service';
import type { AppSpec, CodeDeployDeployment, DeploymentGroupSpec, ExistingDeploymentGroup } from '../spec';
import { explicitName } from '../../resources';

/** Plans deployments whose traffic CodeDeploy shifts between two target groups. */
export const CODE_DEPLOY_DEPLOYER: ServiceDeployer = { missingOptions, plan: planCodeDeploy };

/** Returns the port of an imported service, which is unknown at synth time. */
function missingOptions(facts: ServiceFacts, { containerPort }: DeploymentOptions): string[] {
  const isMissing = facts.containers === undefined && containerPort === undefined;
  return compact([isMissing && 'containerPort']);
}

function planCodeDeploy(request: DeploymentRequest): PlannedDeployment | undefined {
  validateCodeDeploy(request);
  const { service, options, prepareStep } = request;
  const { definition } = service;
  const { containers } = definition;
  const group = planGroup(options);
  const appSpec = planAppSpec(request);
  if (!group || !appSpec) return undefined;
  const { taskDefinition, appSpec: appSpecFile } = CODE_DEPLOY_TO_ECS;
  return {
    deployment: { kind: 'code-deploy', appSpec, group },
    files: [taskDefinition, appSpecFile],
    commands: [
      ...taskDefinitionCommands(definition, placeholders(containers), taskDefinition),
      ...writeCommands(appSpecLines(appSpec), appSpecFile),
      `cat ${appSpecFile}`,
    ],
    action: {
      provider: 'codeDeployToEcs',
      inputs: [prepareStep, ...artifactsOf(containers)],
      configuration: {
        TaskDefinitionTemplateArtifact: prepareStep,
        TaskDefinitionTemplatePath: taskDefinition,
        AppSpecTemplateArtifact: prepareStep,
        AppSpecTemplatePath: appSpecFile,
        ...imageConfiguration(containers),
      },
    },
  };
}

/** Returns the placeholders that CodePipeline replaces by images. Containers with the same image share one. */
function placeholders(containers: readonly ContainerSpec[]): ContainerImage[] {
  const artifacts = artifactsOf(containers);
  return containers.map(({ name, artifact }) => ({
    name,
    image: quote(placeholderToken(imagePlaceholder(artifacts.indexOf(artifact)))),
  }));
}

function imageConfiguration(containers: readonly ContainerSpec[]): Record<string, string> {
  return Object.fromEntries(
    artifactsOf(containers).flatMap((artifact, i) => [
      [`Image${i + 1}ArtifactName`, artifact],
      [`Image${i + 1}ContainerName`, imagePlaceholder(i)],
    ]),
  );
}

function planAppSpec({ facts, options, containerName }: DeploymentRequest): AppSpec | undefined {
  const { platformVersion, capacityProviders } = facts;
  const containerPort = options.containerPort ?? trafficPort(facts, containerName);
  if (containerPort === undefined) return undefined;
  return { containerName, containerPort, platformVersion, capacityProviders, hooks: planHooks(options) };
}

function planHooks({ deploymentController, rollout }: DeploymentOptions): AppSpec['hooks'] {
  if (deploymentController?.kind === 'deployment-group') {
    return namedHooks(deploymentController.hooks, 'deploymentController.hooks');
  }
  if (rollout === undefined || rollout.kind === 'rolling') return {};
  return namedHooks(rollout.hooks, 'rollout.hooks');
}

function namedHooks(hooks: HookFunctions, prop: string): AppSpec['hooks'] {
  return Object.fromEntries(
    Object.entries(hooks).map(([name, hook]) => [
      name,
      { prop: `${prop}.${name}`, function: hook, functionName: functionNameOf(hook) },
    ]),
  );
}

/** Returns a name that is valid in any account and Region, if there is one. An alias has the name `function:alias`. */
function functionNameOf(hook: lambda.IFunction): string {
  const explicit = hook instanceof lambda.Function ? explicitName(hook, 'functionName') : undefined;
  // The ARN of a function that is imported by name ends with the name.
  const arn = JSON.stringify(Stack.of(hook).resolve(hook.functionArn));
  const [, imported] = /:function:([\w-]+(?::[\w-]+)?)"/.exec(arn) ?? [];
  return explicit ?? imported ?? hook.functionName;
}

function planGroup({ deploymentController, rollout }: DeploymentOptions): CodeDeployDeployment['group'] | undefined {
  if (deploymentController?.kind === 'code-deploy') return planOwnGroup(deploymentController, rollout);
  if (deploymentController?.kind !== 'deployment-group') return undefined;
  const { group } = deploymentController;
  const existing: ExistingDeploymentGroup = {
    existing: group,
    applicationName: explicitName(group.application, 'applicationName') ?? group.application.applicationName,
    deploymentGroupName: explicitName(group, 'deploymentGroupName') ?? group.deploymentGroupName,
  };
  return existing;
}

function planOwnGroup(
  deploymentController: CodeDeployController,
  rollout: RolloutPlan | undefined,
): DeploymentGroupSpec | undefined {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = deploymentController;
  const shift = rollout === undefined || rollout.kind === 'rolling' ? defaultShift(deploymentController) : rollout;
  const configuration = deploymentConfiguration(shift);
  if (!configuration) return undefined;
  return {
    configuration,
    bakeMinutes: shift.bakeMinutes ?? DEFAULT_BAKE_MINUTES,
    alarms: shift.alarms,
    blueTargetGroup,
    greenTargetGroup,
    listener,
    testListener,
  };
}

/** Returns the safest traffic shift that the load balancer supports. */
function defaultShift(deploymentController: CodeDeployController): TrafficShift {
  if (isNetworkLoadBalancer(deploymentController)) return { kind: 'all-at-once', alarms: [], hooks: {} };
  return { kind: 'canary', percentage: 10, minutes: 5, alarms: [], hooks: {} };
}
