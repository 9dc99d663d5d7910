import type { aws_ssm as ssm } from 'aws-cdk-lib';
import { CODE_DEPLOY } from './code-deploy';
import { artifactsOf, NEEDS_JQ, readImageCommands, recordImageCommands } from '../image-commands';
import type { ServiceDeployer } from './mover';
import { NATIVE } from './native';
import type { ServiceFacts } from './read-service';
import { ROLLING } from './rolling';
import type { EcsServiceOptions } from './service-options';
import type { EcsContainerPlan, EcsServicePlan, ServiceRolloutPlan } from './ecs-specs';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { DeployRequest } from '../deploy-request';
import { givenName } from '../read-resource';
import { stepOf } from '../step-name';

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
): StepPlan[] {
  const deployer = deployerOf(facts, options);
  const service = servicePlanOf(facts, options, artifact);
  const { containers } = service.definition;
  const rollout = deployer.plan(facts, options);
  const part = options.deploymentName ?? SERVICE;
  const prepared = stepOf('Prepare', environment, options.deploymentName);
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
      name: stepOf('Deploy', environment, options.deploymentName),
      outputs: [],
      ...deployer.deploy(service, rollout, prepared),
      spec: { kind: 'deploy-service', environment, part, service, rollout, prepared },
    },
  ];
}

/** The id of what is made for a service without a name of its own. */
const SERVICE = 'Service';

const parameterOf = (resource?: ssm.IStringParameter): EcsContainerPlan['parameter'] =>
  resource && { name: givenName(resource, 'name') ?? resource.parameterName, resource };

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
