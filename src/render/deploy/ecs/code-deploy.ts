import type { MoverRenderer } from './mover';
import type { CodeDeployPlan } from '../../../plan/ecs-plan';

export const RENDER_CODE_DEPLOY: MoverRenderer<CodeDeployPlan> = {
  renderRoom: () => ({ statements: [] }),
  configure: () => ({}),
};
