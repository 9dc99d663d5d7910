import type { aws_ssm as ssm } from 'aws-cdk-lib';
import { CODE_DEPLOY } from './code-deploy';
import { artifactsOf, NEEDS_JQ, readImageCommands, recordImageCommands } from '../image-commands';
import type { ServiceDeployer } from './mover';
import { NATIVE } from './native';
import type { ServiceFacts } from './read-service';
import { ROLLING } from './rolling';
import type { EcsServiceOptions } from './service-options';
import type {
  DeployServicePlan,
  EcsContainerPlan,
  EcsServicePlan,
  PrepareServicePlan,
  ServiceRolloutPlan,
} from './ecs-specs';
import { ECS_ACTION_TIMEOUT } from '../../aws/ecs';
import type { SynthWarning } from '../../pipeline/pipeline-plan';
import type { DeployRequest, UnplacedStep } from '../deploy-request';
import { explicitName } from '../read-resource';
import { deploymentStepName } from '../deployment-step';

const DEPLOYERS: {
  readonly [K in ServiceRolloutPlan['kind']]: ServiceDeployer<Extract<ServiceRolloutPlan, { kind: K }>>;
} = {
  rolling: ROLLING,
  'code-deploy': CODE_DEPLOY,
  native: NATIVE,
};

/** Who moves the traffic: as it was said, or else as the service says. */
export function deployerOf(
  { controller, strategy = 'ROLLING' }: ServiceFacts,
  { traffic }: EcsServiceOptions,
): ServiceDeployer {
  const said = traffic?._plan().kind;
  const kind =
    said === 'ecs'
      ? 'native'
      : said !== undefined || controller === 'CODE_DEPLOY'
        ? 'code-deploy'
        : strategy !== 'ROLLING'
          ? 'native'
          : 'rolling';
  // The table is exact for each kind; the compiler cannot see that a mover is given its own plan only.
  return DEPLOYERS[kind] as ServiceDeployer;
}

/** Files are made under the role of the environment, then the service gets its release. */
export function planService(
  facts: ServiceFacts,
  options: EcsServiceOptions,
  { environment, artifact }: DeployRequest,
): Array<UnplacedStep<PrepareServicePlan | DeployServicePlan>> {
  const deployer = deployerOf(facts, options);
  const service = servicePlanOf(facts, options, artifact);
  const { containers } = service.definition;
  const rollout = deployer.plan(facts, options);
  const part = options.deploymentName ?? SERVICE;
  const prepared = deploymentStepName('Prepare', environment, options.deploymentName);
  const deployment = deploymentStepName('Deploy', environment, options.deploymentName);
  return [
    {
      name: prepared,
      provider: 'commands',
      inputs: artifactsOf(containers),
      outputs: [prepared],
      files: deployer.files,
      configuration: {},
      commands: [
        NEEDS_JQ,
        ...readImageCommands(containers),
        ...deployer.prepare(service, rollout),
        ...recordImageCommands(containers),
      ],
      spec: { kind: 'prepare-service', environment, part, deploymentName: options.deploymentName, service, rollout },
    },
    {
      name: deployment,
      outputs: [],
      ...deployer.deploy(service, rollout, prepared),
      receiver: {
        what: 'service',
        name: service.service.node.path,
        identity: [service.clusterName, service.serviceName],
      },
      imageUse: { artifacts: artifactsOf(containers), takesIndex: true, architecture: service.definition.architecture },
      warnings: rollout.kind === 'rolling' ? endlessRolling(deployment, rollout, service) : [],
      spec: { kind: 'deploy-service', environment, part, service, rollout, prepared },
    },
  ];
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html */
function endlessRolling(
  name: string,
  { detectsFailure, timeoutMinutes = ECS_ACTION_TIMEOUT.max }: Extract<ServiceRolloutPlan, { kind: 'rolling' }>,
  { service }: EcsServicePlan,
): SynthWarning[] {
  if (detectsFailure !== false) return [];
  return [
    {
      id: `endless-rolling[${name}]`,
      text:
        `When the tasks of a release do not work, ECS starts new ones until somebody stops it, and '${name}' fails after ${timeoutMinutes} minutes. ` +
        `Give the service circuitBreaker: { rollback: true }, or deploymentAlarms (${service.node.path}).`,
    },
  ];
}

/** The id of what is made for a service without a name of its own. */
const SERVICE = 'Service';

const parameterOf = (resource?: ssm.IStringParameter): EcsContainerPlan['parameter'] =>
  resource && { name: explicitName(resource, 'name') ?? resource.parameterName, resource };

/** What is missing is told by the check. */
function servicePlanOf(facts: ServiceFacts, options: EcsServiceOptions, artifact: string): EcsServicePlan {
  const { service, clusterName, serviceName } = facts;
  const images = Object.entries(options.images ?? {}).map(([name, step]) => ({
    name,
    artifact: step.artifact.artifactName,
  }));
  const named = images.length > 0 ? images : [{ name: options.containerName ?? facts.main?.name ?? '', artifact }];
  return {
    service,
    clusterName,
    serviceName,
    definition: {
      family: options.family ?? facts.family ?? '',
      roles: options.taskRoles ?? facts.roles ?? [],
      architecture: facts.architecture,
      containers: named.map((one) => ({ ...one, parameter: parameterOf(options.imageParameters?.[one.name]) })),
    },
  };
}
