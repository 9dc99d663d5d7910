import { aws_ecs as ecs, type aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { Architecture } from '../../aws/builds';
import { TASK_PROCESSORS } from '../../aws/ecs';
import type { CapacityProviderPlan } from './ecs-specs';
import { explicitName } from '../read-resource';

/** What a service says of itself; nothing but its names when it was looked up. */
export interface ServiceFacts {
  readonly service: ecs.IBaseService;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly family?: string;
  readonly roles?: readonly iam.IRole[];
  /** What tasks run on, as far as that is known. */
  readonly architecture?: Architecture;
  readonly containers?: readonly ContainerFacts[];
  /** The container that gets traffic. */
  readonly main?: ContainerFacts;
  /** Who deploys: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly controller?: string;
  /** How ECS deploys: `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`. */
  readonly strategy?: string;
  /** Whether ECS gives up on tasks that do not work. */
  readonly detectsFailure?: boolean;
  /** How ECS moves the traffic, where it does. */
  readonly shift?: ShiftFacts;
  /** What tasks run on, as far as the service says it. */
  readonly platformVersion?: string;
  readonly capacityProviders?: readonly CapacityProviderPlan[];
}

export interface ShiftFacts {
  /** Percent and minutes of a canary or of each linear step, as far as they are said. */
  readonly percentage?: number;
  readonly minutes?: number;
  /** Load balancers send to this service, but have no second target group for it. */
  readonly oneTargetGroup: boolean;
}

export interface ContainerFacts {
  readonly name: string;
  /** The first of its ports. */
  readonly port?: number;
  /** All of them; undefined where some are a range. */
  readonly ports?: readonly number[];
}

/** Reads a service, as far as it is known. It must be whole by then: what is added to its task definition afterwards is not seen. */
export function readService(service: ecs.IBaseService): ServiceFacts {
  const names = {
    service,
    clusterName: explicitName(service.cluster, 'clusterName') ?? service.cluster.clusterName,
    serviceName: explicitName(service, 'serviceName') ?? service.serviceName,
  };
  return service instanceof ecs.BaseService
    ? { ...names, ...readDefinition(service.taskDefinition), ...readController(service), ...readCapacity(service) }
    : names;
}

export function readDefinition(definition: ecs.TaskDefinition) {
  const { family, taskRole, executionRole, defaultContainer, node } = definition;
  const containers = node.children.filter(
    (one): one is ecs.ContainerDefinition => one instanceof ecs.ContainerDefinition,
  );
  return {
    family,
    roles: [taskRole, ...(executionRole ? [executionRole] : [])],
    architecture: processorOf(definition),
    containers: containers.map(readContainer),
    main: defaultContainer && readContainer(defaultContainer),
  };
}

/** Of instances that nobody said the processor of, it is not known. */
function processorOf(definition: ecs.TaskDefinition): Architecture | undefined {
  const { runtimePlatform } = definition.node.defaultChild as ecs.CfnTaskDefinition;
  const said = Stack.of(definition).resolve(runtimePlatform) as
    ecs.CfnTaskDefinition.RuntimePlatformProperty | undefined;
  return said?.cpuArchitecture !== undefined
    ? TASK_PROCESSORS[said.cpuArchitecture]
    : definition.isFargateCompatible
      ? 'x86'
      : undefined;
}

function readContainer({ containerName, portMappings }: ecs.ContainerDefinition): ContainerFacts {
  const ports = portMappings.map(({ containerPort }) => containerPort);
  return {
    name: containerName,
    port: ports[0],
    ...(!ports.includes(ecs.ContainerDefinition.CONTAINER_PORT_USE_RANGE) && { ports }),
  };
}

function readController(
  service: ecs.BaseService,
): Pick<ServiceFacts, 'controller' | 'strategy' | 'detectsFailure' | 'shift'> {
  const { deploymentController, deploymentConfiguration, loadBalancers } = service.node.defaultChild as ecs.CfnService;
  const resolved = <T>(value: unknown) => Stack.of(service).resolve(value) as T | undefined;
  const {
    strategy = 'ROLLING',
    canaryConfiguration,
    linearConfiguration,
    deploymentCircuitBreaker,
    alarms,
  } = resolved<DeploymentConfiguration>(deploymentConfiguration) ?? {};
  return {
    controller: resolved<ecs.CfnService.DeploymentControllerProperty>(deploymentController)?.type ?? 'ECS',
    strategy,
    detectsFailure: [deploymentCircuitBreaker, alarms].some((one) => one?.enable === true),
    shift: {
      percentage: canaryConfiguration?.canaryPercent ?? linearConfiguration?.stepPercent,
      minutes: canaryConfiguration?.canaryBakeTimeInMinutes ?? linearConfiguration?.stepBakeTimeInMinutes,
      oneTargetGroup: (resolved<LoadBalancer[]>(loadBalancers) ?? []).some(
        ({ targetGroupArn, advancedConfiguration }) =>
          targetGroupArn !== undefined && advancedConfiguration === undefined,
      ),
    },
  };
}

interface DeploymentConfiguration extends ecs.CfnService.DeploymentConfigurationProperty {
  readonly deploymentCircuitBreaker?: ecs.CfnService.DeploymentCircuitBreakerProperty;
  readonly alarms?: ecs.CfnService.DeploymentAlarmsProperty;
  readonly canaryConfiguration?: ecs.CfnService.CanaryConfigurationProperty;
  readonly linearConfiguration?: ecs.CfnService.LinearConfigurationProperty;
}

type LoadBalancer = Pick<ecs.CfnService.LoadBalancerProperty, 'targetGroupArn' | 'advancedConfiguration'>;

function readCapacity({ node }: ecs.BaseService): Pick<ServiceFacts, 'platformVersion' | 'capacityProviders'> {
  const { platformVersion, capacityProviderStrategy } = node.defaultChild as ecs.CfnService;
  const strategy = Array.isArray(capacityProviderStrategy)
    ? (capacityProviderStrategy as ecs.CfnService.CapacityProviderStrategyItemProperty[])
    : [];
  return {
    platformVersion,
    capacityProviders: strategy.flatMap(({ capacityProvider: name, base, weight }) =>
      name === undefined ? [] : [{ name, base, weight }],
    ),
  };
}
