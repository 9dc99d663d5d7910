import { aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import { readTaskDefinition, type TaskDefinitionFacts } from '../ecs/plan-task-definition';
import type { CapacityProviderSpec } from '../ecs/task-definition-spec';
import { explicitName } from '../resources';

/** Properties of a service at synth time. Those of an imported service are its names only. */
export interface ServiceFacts extends TaskDefinitionFacts {
  readonly service: ecs.IBaseService;
  readonly clusterName: string;
  readonly serviceName: string;
  /** Deployment controller: `ECS`, `CODE_DEPLOY` or `EXTERNAL`. */
  readonly controller?: string;
  /** Deployment strategy of ECS: `ROLLING`, `BLUE_GREEN`, `LINEAR` or `CANARY`. */
  readonly strategy?: string;
  /** Whether ECS detects that the tasks of a release fail. */
  readonly detectsFailure?: boolean;
  /** How ECS shifts traffic. */
  readonly shift?: NativeShiftFacts;
  readonly platformVersion?: string;
  /** Source of the tags of tasks. */
  readonly propagateTags?: string;
  readonly capacityProviders?: readonly CapacityProviderSpec[];
}

export interface NativeShiftFacts {
  /** Percentage and minutes of a canary or of each linear step, if they are configured. */
  readonly percentage?: number;
  readonly minutes?: number;
  /** Whether a load balancer lacks an alternate target group for the service. */
  readonly lacksAlternateTarget: boolean;
}

/** Returns the first port of a container, if it is known. */
export function trafficPort({ containers }: ServiceFacts, containerName: string): number | undefined {
  return containers?.find(({ name }) => name === containerName)?.port;
}

/** Reads a service. Later changes to its task definition are not detected. */
export function readService(service: ecs.IBaseService): ServiceFacts {
  const names = {
    service,
    clusterName: explicitName(service.cluster, 'clusterName') ?? service.cluster.clusterName,
    serviceName: explicitName(service, 'serviceName') ?? service.serviceName,
  };
  if (!(service instanceof ecs.BaseService)) return names;
  return {
    ...names,
    ...readTaskDefinition(service.taskDefinition),
    ...readDeployment(service),
    ...readCapacity(service),
  };
}

type DeploymentFacts = Pick<ServiceFacts, 'controller' | 'strategy' | 'detectsFailure' | 'shift'>;

function readDeployment(service: ecs.BaseService): DeploymentFacts {
  const { deploymentController, deploymentConfiguration, loadBalancers } = service.node.defaultChild as ecs.CfnService;

  function resolved<T>(value: unknown) {
    return Stack.of(service).resolve(value) as T | undefined;
  }

  const {
    strategy = 'ROLLING',
    canaryConfiguration,
    linearConfiguration,
    deploymentCircuitBreaker,
    alarms,
  } = resolved<DeploymentConfiguration>(deploymentConfiguration) ?? {};
  const targets = resolved<LoadBalancer[]>(loadBalancers) ?? [];
  return {
    controller: resolved<ecs.CfnService.DeploymentControllerProperty>(deploymentController)?.type ?? 'ECS',
    strategy,
    detectsFailure: deploymentCircuitBreaker?.enable === true || alarms?.enable === true,
    shift: {
      percentage: canaryConfiguration?.canaryPercent ?? linearConfiguration?.stepPercent,
      minutes: canaryConfiguration?.canaryBakeTimeInMinutes ?? linearConfiguration?.stepBakeTimeInMinutes,
      lacksAlternateTarget: targets.some(
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

type CapacityFacts = Pick<ServiceFacts, 'platformVersion' | 'propagateTags' | 'capacityProviders'>;

function readCapacity({ node }: ecs.BaseService): CapacityFacts {
  const { platformVersion, propagateTags, capacityProviderStrategy } = node.defaultChild as ecs.CfnService;
  const capacityProviders: CapacityProviderSpec[] = [];
  if (Array.isArray(capacityProviderStrategy)) {
    const items = capacityProviderStrategy as ecs.CfnService.CapacityProviderStrategyItemProperty[];
    for (const { capacityProvider: name, base, weight } of items) {
      if (name !== undefined) capacityProviders.push({ name, base, weight });
    }
  }
  return { platformVersion, propagateTags, capacityProviders };
}
