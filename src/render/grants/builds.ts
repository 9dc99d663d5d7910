import type { aws_logs as logs } from 'aws-cdk-lib';
import { allow, arnOf } from './statement';

/**
 * Writing to a log group, and making it again should somebody have deleted it. The ARN that CloudFormation gives ends in `:*` and so
 * stands for the streams.
 */
export const logStatements = (logGroup: logs.CfnLogGroup, logGroupName: string) => [
  allow(
    ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    [arnOf('logs', `log-group:${logGroupName}`), logGroup.attrArn],
  ),
];

/**
 * Uploads and runs are named below their project; a run is scheduled in the project, on the pool and with the uploads.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-DeviceFarm.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsdevicefarm.html
 */
export const deviceFarmStatements = (projectArn: string, devicePoolArn: string) => {
  const below = (kind: string) => `${projectArn.replace(':project:', `:${kind}:`)}/*`;
  return [
    allow(['devicefarm:ListProjects'], ['*']), // no resource level
    allow(['devicefarm:ListDevicePools', 'devicefarm:CreateUpload'], [projectArn]),
    allow(['devicefarm:ScheduleRun'], [projectArn, devicePoolArn, below('upload')]),
    allow(['devicefarm:GetUpload'], [below('upload')]),
    allow(['devicefarm:GetRun'], [below('run')]),
  ];
};
