import type { DeviceFarmSpec } from './plan';
import type { ActionKind } from '../../render/action-kind';
import { allow } from '../../render/grants';

export const DEVICE_FARM: ActionKind<DeviceFarmSpec> = {
  kind: 'device-farm',
  render: (_context, spec) => ({ pipelineStatements: deviceFarmStatements(spec) }),
};

/**
 * Allows the calls of the action. The ARNs of uploads and runs start with the ARN of their project. Scheduling a run
 * requires permissions on the project, the device pool and the uploads.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdevicefarm.html
 */
function deviceFarmStatements({ projectArn, devicePoolArn }: DeviceFarmSpec) {
  function below(kind: string) {
    return `${projectArn.replace(':project:', `:${kind}:`)}/*`;
  }

  return [
    allow(['devicefarm:ListProjects'], ['*']), // no resource level
    allow(['devicefarm:ListDevicePools', 'devicefarm:CreateUpload'], [projectArn]),
    allow(['devicefarm:ScheduleRun'], [projectArn, devicePoolArn, below('upload')]),
    allow(['devicefarm:GetUpload'], [below('upload')]),
    allow(['devicefarm:GetRun'], [below('run')]),
  ];
}
