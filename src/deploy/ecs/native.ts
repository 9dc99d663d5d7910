import type { ServiceMover } from './mover';
import type { NativePlan } from '../../plan/ecs-plan';
import { problem } from '../../plan/problems';

/** ECS itself moves the traffic, as the service says. */
export const NATIVE: ServiceMover<NativePlan> = {
  plan: () => ({ kind: 'native' }),
  check: (prop) => [problem(prop, 'roll', 'native', 'not yet')],
  files: ['deployment.json'],
  prepare: () => [],
  deploy: () => { throw new Error('not yet'); },
};
