import type { ServiceMover } from './mover';
import type { CodeDeployPlan } from '../../plan/ecs-plan';
import { problem } from '../../plan/problems';

/** CodeDeploy moves the traffic between two target groups. */
export const CODE_DEPLOY: ServiceMover<CodeDeployPlan> = {
  plan: () => { throw new Error('not yet'); },
  check: (prop) => [problem(prop, 'roll', 'CodeDeploy', 'not yet')],
  files: ['taskdef.json', 'appspec.yaml'],
  prepare: () => [],
  deploy: () => { throw new Error('not yet'); },
};
