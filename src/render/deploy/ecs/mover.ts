import type { Construct } from 'constructs';
import type { PrepareServicePlan, ServiceRolloutPlan } from '../../../plan/ecs-plan';
import type { Room } from '../../environment/room';
import type { EnvironmentSight } from '../../environment/sight';
import type { Statement } from '../../grants';
import type { RenderedEnvironment } from '../../rendered';

export type PrepareWith<P extends ServiceRolloutPlan> = PrepareServicePlan & { readonly rollout: P };

/** What is made of an environment for a service, and what its role must be allowed. */
export interface MadeForService extends Omit<RenderedEnvironment, 'environmentName' | 'deployRole'> {
  readonly statements: readonly Statement[];
}

/** Renders what depends on who moves the traffic of a service. */
export interface MoverRenderer<P extends ServiceRolloutPlan = ServiceRolloutPlan> {
  /** Makes what is needed where the environment is, below `scope`. */
  readonly renderRoom: (scope: () => Construct, room: Room, work: PrepareWith<P>) => MadeForService;
  /** What the configuration of the action names of it; names, since it may be elsewhere. */
  readonly configure: (sight: EnvironmentSight, part: string, rollout: P) => Record<string, string>;
}
