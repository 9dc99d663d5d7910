import type { MoverRenderer } from './mover';
import type { ServiceRollingPlan } from '../../../plan/ecs-plan';
import { rollingServiceStatements } from '../../grants';

export const RENDER_ROLLING: MoverRenderer<ServiceRollingPlan> = {
  renderRoom: (_scope, _room, { service }) => ({ statements: rollingServiceStatements(service) }),
  configure: () => ({}),
};
