import { Token } from 'aws-cdk-lib';
import type { aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import { CODE_DEPLOY_DEPLOYER } from './code-deploy/plan';
import type { DeploymentOptions, PlannedDeployment, ServiceDeployer } from './deployer';
import { NATIVE_DEPLOYER } from './native/plan';
import type { EcsServiceOptions } from './options';
import type { DeploymentControllerPlan } from './plan-deployment-controller';
import { readService, type ServiceFacts } from './read-service';
import { ROLLING_DEPLOYER } from './rolling/plan';
import { ServiceDeploymentController } from './service-deployment-controller';
import type { DeployServiceSpec, EcsServiceSpec, ImageParameterSpec, PrepareServiceSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import {
  readOptions,
  recordOf,
  typeOf,
  type OptionTypes,
  DURATION,
  instanceOf,
  minutesOf,
  resourceWith,
} from '../../pipeline/read-options';
import {
  NOTHING_PLANNED,
  type DeployRequest,
  type TargetPlan,
  type TargetPlanner,
  DEPLOYMENT_NAME_TYPE,
  deploymentStepName,
  validateDeploymentName,
} from '../deploy-request';
import { DEFINITION_OPTION_TYPES, planTaskDefinition } from '../ecs/plan-task-definition';
import type { ContainerSpec } from '../ecs/task-definition-spec';
import { artifactsOf, imageVariable, NEEDS_JQ, readImageCommands } from '../image-commands';
import { Rollout } from '../rollout/rollout';
import { envOfResource, explicitName } from '../resources';
import { RESOURCE } from '../../pipeline/rules';

const SERVICE = resourceWith(
  'cluster',
  'an Amazon ECS service',
  'pass one of this app, or import it: ecs.FargateService.fromFargateServiceAttributes',
);

const PARAMETER_FIX = 'pass the parameter of a ServiceImage, or remove it';

const OPTION_TYPES: OptionTypes<EcsServiceOptions> = {
  deploymentName: DEPLOYMENT_NAME_TYPE,
  deploymentController: instanceOf(ServiceDeploymentController, 'use ServiceDeploymentController.codeDeploy(…)'),
  rollout: instanceOf(Rollout, 'use Rollout.canary(…), or remove it'),
  ...DEFINITION_OPTION_TYPES,
  imageParameters: recordOf(resourceWith('parameterName', RESOURCE.parameter, PARAMETER_FIX), PARAMETER_FIX),
  containerPort: typeOf('a port between 1 and 65535', 'write it as in 8080', isPort),
  deploymentTimeout: DURATION,
};

/** Id of the resources of a service without a deployment name. */
const DEFAULT_ID = 'Service';

/**
 * Plans releases to an Amazon ECS service: one step prepares files under the role of the environment, another deploys.
 */
export class EcsServiceTarget implements TargetPlanner {
  public constructor(
    private readonly service: ecs.IBaseService,
    private readonly options: EcsServiceOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { service } = this;
    const { problems } = request;
    const before = problems.count;
    SERVICE(service, problems.at('service'));
    const options = readOptions(this.options, OPTION_TYPES, problems);
    const deploymentOptions = planOptions(options, problems);
    if (problems.count > before) return NOTHING_PLANNED;
    const steps = planSteps({ facts: readService(service), options, deploymentOptions, request });
    return { steps, env: envOfResource(service) };
  }
}

/** Plans the options for the deployment. */
function planOptions(options: EcsServiceOptions, problems: Problems): DeploymentOptions {
  return {
    deploymentController: options.deploymentController?._plan(problems.at('deploymentController')),
    rollout: options.rollout?._plan(problems.at('rollout')),
    containerPort: options.containerPort,
    timeoutMinutes: minutesOf(options.deploymentTimeout),
  };
}

interface ServiceRequest {
  readonly facts: ServiceFacts;
  readonly options: EcsServiceOptions;
  readonly deploymentOptions: DeploymentOptions;
  readonly request: DeployRequest;
}

function planSteps({ facts, options, deploymentOptions, request }: ServiceRequest): StepPlan[] {
  const { environment, artifact, problems } = request;
  const { deploymentName } = options;
  const hasName = validateDeploymentName(deploymentName, problems);
  const deployer = deployerOf(facts, deploymentOptions.deploymentController);
  const { definition, containerName } = planTaskDefinition({
    facts,
    options,
    artifact,
    definitionProp: 'service.taskDefinition',
    imported: { resourceKind: 'an imported service', definedIn: 'the task definition of the service' },
    missing: deployer.missingOptions?.(facts, deploymentOptions) ?? [],
    problems,
  });
  const { containers } = definition;
  const imageParameters = planImageParameters(options.imageParameters, containers, problems.at('imageParameters'));
  const { clusterName, serviceName, platformVersion, propagateTags } = facts;
  const service: EcsServiceSpec = {
    service: facts.service,
    clusterName,
    serviceName,
    platformVersion,
    propagateTags,
    definition,
    imageParameters,
  };
  const names = {
    prepareStep: deploymentStepName('Prepare', environment, deploymentName),
    deployStep: deploymentStepName('Deploy', environment, deploymentName),
  };
  const planned = deployer.plan({ facts, service, containerName, options: deploymentOptions, ...names, problems });
  if (!planned || !hasName) return [];
  return stepsOf(service, planned, names, request, deploymentName);
}

/** Returns the deployer for the configured deployment controller, or else for that of the service. */
function deployerOf(
  { controller, strategy = 'ROLLING' }: ServiceFacts,
  deploymentController: DeploymentControllerPlan | undefined,
): ServiceDeployer {
  if (deploymentController?.kind === 'ecs') return NATIVE_DEPLOYER;
  if (deploymentController || controller === 'CODE_DEPLOY') return CODE_DEPLOY_DEPLOYER;
  return strategy === 'ROLLING' ? ROLLING_DEPLOYER : NATIVE_DEPLOYER;
}

interface StepNames {
  readonly prepareStep: string;
  readonly deployStep: string;
}

function stepsOf(
  service: EcsServiceSpec,
  { deployment, files, commands, action }: PlannedDeployment,
  { prepareStep, deployStep }: StepNames,
  { environment, problems }: DeployRequest,
  deploymentName: string | undefined,
): StepPlan[] {
  const { path } = problems;
  const { definition, clusterName, serviceName, imageParameters } = service;
  const { containers, architecture } = definition;
  const artifacts = artifactsOf(containers);
  const deploymentId = deploymentName ?? DEFAULT_ID;
  const prepare: StepPlan<PrepareServiceSpec> = {
    name: prepareStep,
    path,
    propNames: { commands: 'images' },
    provider: 'commands',
    inputs: artifacts,
    outputs: [prepareStep],
    files,
    configuration: {},
    commands: [
      NEEDS_JQ,
      ...readImageCommands(containers),
      ...commands,
      ...recordImageCommands(containers, imageParameters),
    ],
    spec: { kind: 'prepare-service', environment, deploymentId, deploymentName, service, deployment },
  };
  const deploy: StepPlan<DeployServiceSpec> = {
    ...action,
    name: deployStep,
    path,
    outputs: [],
    receiver: { resourceKind: 'service', name: service.service.node.path, identity: [clusterName, serviceName] },
    imageUse: { artifacts, takesIndex: true, architecture, taskDefinition: definition.pulling },
    spec: { kind: 'deploy-service', environment, deploymentId, deployment, prepareStep },
  };
  return [prepare, deploy];
}

/** Plans the parameters that record images, in the order of the containers. */
function planImageParameters(
  parameters: Readonly<Record<string, ssm.IStringParameter>> = {},
  containers: readonly ContainerSpec[],
  problems: Problems,
): ImageParameterSpec[] {
  const names = containers.map(({ name }) => name);
  const choices = names.map((name) => `'${name}'`).join(', ');
  for (const name of Object.keys(parameters)) {
    if (names.includes(name)) continue;
    problems.add('name containers that receive an image', name, `use ${choices}, or add an image for that container`);
  }
  return names
    .filter((containerName) => Object.hasOwn(parameters, containerName))
    .map((containerName) => {
      const resource = parameters[containerName];
      return { containerName, name: explicitName(resource, 'name') ?? resource.parameterName, resource };
    });
}

/**
 * Returns commands that record the images of a release before traffic shifts. If the release is rolled back, the
 * previous release records its own images.
 */
function recordImageCommands(
  containers: readonly ContainerSpec[],
  parameters: readonly ImageParameterSpec[],
): string[] {
  return parameters.map(({ containerName, name }) => {
    const image = imageVariable(containers.findIndex((container) => container.name === containerName));
    return `aws ssm put-parameter --name '${name}' --type String --overwrite --value "$${image}"`;
  });
}

/** Returns whether a value is a port of a container, or a token. */
function isPort(value: unknown): boolean {
  if (typeof value !== 'number') return false;
  return Token.isUnresolved(value) || (Number.isInteger(value) && value >= 1 && value <= 65_535);
}
