import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import type { EcsServicePlan, ServiceRolloutPlan } from './ecs-specs';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { Problem } from '../../pipeline/problems';

/** Who moves the traffic of a service: what of a deployment depends on it. */
export interface ServiceDeployer<P extends ServiceRolloutPlan = ServiceRolloutPlan> {
  /** What is decided; whatever is missing is told by the check. */
  readonly plan: (facts: ServiceFacts, options: EcsServiceOptions) => P;
  /** The options that it needs besides, and that a service which was looked up does not say. */
  readonly missing?: (facts: ServiceFacts, options: EcsServiceOptions) => string[];
  /** What is wrong with what it was told, besides what is wrong with any service. */
  readonly check: (prop: string, facts: ServiceFacts, options: EcsServiceOptions) => Problem[];
  /** The files that are handed on, and the commands that make them. */
  readonly files: readonly string[];
  readonly prepare: (service: EcsServicePlan, rollout: P) => string[];
  /** The action that deploys. */
  readonly deploy: (
    service: EcsServicePlan,
    rollout: P,
    prepared: string,
  ) => Pick<StepPlan, 'provider' | 'inputs' | 'configuration'>;
}
