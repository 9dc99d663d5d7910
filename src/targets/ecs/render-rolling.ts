import type { MoverRenderer } from './render-deployer';
import type { ServiceRollingPlan } from './ecs-specs';
import { rollingServiceStatements } from '../../render/grants';

export const RENDER_ROLLING: MoverRenderer<ServiceRollingPlan> = {
  renderRoom: (_scope, _room, { service }) => ({ statements: rollingServiceStatements(service) }),
  configure: () => ({}),
};
