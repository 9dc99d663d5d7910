import type { Construct } from 'constructs';
import type { PrepareServicePlan, ServiceRolloutPlan } from './ecs-specs';
import type { EnvironmentScope } from '../../render/environment-scope';
import type { EnvironmentContext } from '../../render/environment-context';
import type { Statement } from '../../render/grants';
import type { RenderedEnvironment } from '../../render/rendered';

export type PrepareWith<P extends ServiceRolloutPlan> = PrepareServicePlan & { readonly rollout: P };

/** What is made of an environment for a service, and what its role must be allowed. */
export interface MadeForService extends Omit<RenderedEnvironment, 'environmentName' | 'deployRole'> {
  readonly statements: readonly Statement[];
}

/** Renders what depends on who moves the traffic of a service. */
export interface MoverRenderer<P extends ServiceRolloutPlan = ServiceRolloutPlan> {
  /** Makes what is needed where the environment is, below `scope`. */
  readonly renderRoom: (
    scope: () => Construct,
    environmentScope: EnvironmentScope,
    spec: PrepareWith<P>,
  ) => MadeForService;
  /** What the configuration of the action names of it; names, since it may be in another account or Region. */
  readonly configure: (sight: EnvironmentContext, part: string, rollout: P) => Record<string, string>;
}
