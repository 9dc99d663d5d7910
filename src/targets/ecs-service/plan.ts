import type { aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import { CODE_DEPLOY_DEPLOYER } from './code-deploy/plan';
import type { DeploymentOptions, PlannedDeployment, ServiceDeployer } from './deployer';
import { NATIVE_DEPLOYER } from './native/plan';
import type { EcsServiceOptions } from './options';
import type { TrafficPlan } from './plan-traffic';
import { readService, type ServiceFacts } from './read-service';
import { ROLLING_DEPLOYER } from './rolling/plan';
import { ServiceTraffic } from './service-traffic';
import type { DeployServiceSpec, EcsServiceSpec, ImageParameterSpec, PrepareServiceSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { checkDeploymentName } from '../check-deployment-name';
import type { DeployRequest, TargetPlan, TargetPlanner } from '../deploy-request';
import { planTaskDefinition, validateDefinitionOptions } from '../ecs/plan-task-definition';
import type { ContainerSpec } from '../ecs/task-definition-spec';
import { artifactsOf, imageVariable, NEEDS_JQ, readImageCommands } from '../image-commands';
import { givenName, placeOfResource } from '../read-resource';
import { Rollout } from '../rollout/rollout';
import { stepOf } from '../step-name';
import {
  minutesOf,
  providedOptions,
  validateInstance,
  validateRecord,
  validateResource,
  type OptionRule,
  type ResourceRule,
} from '../validate-options';

const SERVICE: ResourceRule = {
  what: 'a service of Amazon ECS',
  attribute: 'cluster',
  fix: 'pass one of this app, or look it up: ecs.FargateService.fromFargateServiceAttributes',
};
const PARAMETER: ResourceRule = {
  what: 'a parameter',
  attribute: 'parameterName',
  fix: 'pass that of a ServiceImage, or leave it out',
};
const TRAFFIC: OptionRule = {
  what: 'a ServiceTraffic',
  fix: 'use ServiceTraffic.byCodeDeploy({ … }), or leave it out',
};
const ROLLOUT: OptionRule = { what: 'a Rollout', fix: 'use Rollout.canary(…), or leave it out' };

/** Id of what is created for a service without a deployment name. */
const DEFAULT_ID = 'Service';

/** Plans releases to a service of Amazon ECS: one step prepares files under the role of the environment, one deploys. */
export class EcsServiceTarget implements TargetPlanner {
  public constructor(
    private readonly service: ecs.IBaseService,
    private readonly options: EcsServiceOptions,
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { problems } = request;
    const before = problems.count;
    validateResource(this.service, SERVICE, problems.at('service'));
    const options = providedOptions(this.options, problems);
    const deploymentOptions = options && planOptions(options, problems);
    if (!options || !deploymentOptions || problems.count > before) return { steps: [] };
    const facts = readService(this.service);
    const steps = planSteps({ facts, options, deploymentOptions, request });
    return { steps, env: placeOfResource(this.service) };
  }
}

/** Plans the options about the deployment, and reports options of wrong types. */
function planOptions(options: EcsServiceOptions, problems: Problems): DeploymentOptions {
  const { traffic, rollout, imageParameters, containerPort, deploymentTimeout } = options;
  if (traffic !== undefined) validateInstance(traffic, ServiceTraffic, TRAFFIC, problems.at('traffic'));
  if (rollout !== undefined) validateInstance(rollout, Rollout, ROLLOUT, problems.at('rollout'));
  const planned = {
    traffic: traffic instanceof ServiceTraffic ? traffic._plan(problems.at('traffic')) : undefined,
    rollout: rollout instanceof Rollout ? rollout._plan(problems.at('rollout')) : undefined,
    containerPort,
    timeoutMinutes: minutesOf(deploymentTimeout, problems.at('deploymentTimeout')),
  };
  validateDefinitionOptions(options, problems);
  validateRecord(imageParameters, PARAMETER, problems.at('imageParameters'), (parameter, at) => {
    validateResource(parameter, PARAMETER, at);
  });
  return planned;
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
  problems.addAll(checkDeploymentName(problems.path, deploymentName));
  const deployer = deployerOf(facts, deploymentOptions.traffic);
  const { definition, containerName } = planTaskDefinition({
    facts,
    options,
    artifact,
    definitionProp: 'service.taskDefinition',
    imported: { what: 'a service', where: 'the task definition of the service' },
    missing: deployer.missingOptions?.(facts, deploymentOptions) ?? [],
    problems,
  });
  const { containers } = definition;
  const imageParameters = planImageParameters(options.imageParameters, containers, problems.at('imageParameters'));
  const { clusterName, serviceName } = facts;
  const service = { service: facts.service, clusterName, serviceName, definition, imageParameters };
  const names = {
    prepareStep: stepOf('Prepare', environment, deploymentName),
    deployStep: stepOf('Deploy', environment, deploymentName),
  };
  const planned = deployer.plan({ facts, service, containerName, options: deploymentOptions, ...names, problems });
  return planned ? stepsOf(service, planned, names, request, deploymentName) : [];
}

/** Returns what deploys: what the user configures, or else the deployment controller of the service. */
function deployerOf(
  { controller, strategy = 'ROLLING' }: ServiceFacts,
  traffic: TrafficPlan | undefined,
): ServiceDeployer {
  if (traffic?.kind === 'ecs') return NATIVE_DEPLOYER;
  if (traffic || controller === 'CODE_DEPLOY') return CODE_DEPLOY_DEPLOYER;
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
    receiver: { what: 'service', name: service.service.node.path, identity: [clusterName, serviceName] },
    imageUse: { artifacts, takesIndex: true, architecture },
    spec: { kind: 'deploy-service', environment, deploymentId, deployment, prepareStep },
  };
  return [prepare, deploy];
}

/** Plans the parameters that hold images, in the order of the containers. */
function planImageParameters(
  parameters: Readonly<Record<string, ssm.IStringParameter>> = {},
  containers: readonly ContainerSpec[],
  problems: Problems,
): ImageParameterSpec[] {
  const names = containers.map(({ name }) => name);
  for (const name of Object.keys(parameters).filter((each) => !names.includes(each))) {
    const choices = names.map((each) => `'${each}'`).join(', ');
    problems.add('name containers that get an image', name, `use ${choices}, or give that container an image, too`);
  }
  return names
    .filter((containerName) => containerName in parameters)
    .map((containerName) => {
      const resource = parameters[containerName];
      return { containerName, name: givenName(resource, 'name') ?? resource.parameterName, resource };
    });
}

/** Records the images of a release before traffic shifts. If the release is rolled back, the release before records its own. */
function recordImageCommands(
  containers: readonly ContainerSpec[],
  parameters: readonly ImageParameterSpec[],
): string[] {
  return parameters.map(({ containerName, name }) => {
    const image = imageVariable(containers.findIndex((container) => container.name === containerName));
    return `aws ssm put-parameter --name '${name}' --type String --overwrite --value "$${image}"`;
  });
}
