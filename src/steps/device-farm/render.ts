import type { DeviceFarmPlan } from '../test-specs';
import { deviceFarmStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/** Tests on devices. */
export const renderDeviceFarm: ActionRenderer<DeviceFarmPlan> = (_context, { projectArn, devicePoolArn }) => ({
  pipelineStatements: deviceFarmStatements(projectArn, devicePoolArn),
});

export const DEVICE_FARM: ActionKind<DeviceFarmPlan> = {
  kind: 'device-farm',
  render: renderDeviceFarm,
};
