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
