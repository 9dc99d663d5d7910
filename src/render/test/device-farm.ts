import type { DeviceFarmPlan } from '../../plan/test-plan';
import { deviceFarmStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** Tests on devices. */
export const renderDeviceFarm: ActionRenderer<DeviceFarmPlan> = (_context, { projectArn, devicePoolArn }) =>
  ({ pipelineStatements: deviceFarmStatements(projectArn, devicePoolArn) });
