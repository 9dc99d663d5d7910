import type { DeviceFarmPlan } from '../test-specs';
import { deviceFarmStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';

/** Tests on devices. */
export const renderDeviceFarm: ActionRenderer<DeviceFarmPlan> = (_context, { projectArn, devicePoolArn }) => ({
  pipelineStatements: deviceFarmStatements(projectArn, devicePoolArn),
});
