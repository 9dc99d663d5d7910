import type { MoverRenderer } from './mover';
import type { NativePlan } from '../../../plan/ecs-plan';

export const RENDER_NATIVE: MoverRenderer<NativePlan> = {
  renderRoom: () => ({ statements: [] }),
  configure: () => ({}),
};
