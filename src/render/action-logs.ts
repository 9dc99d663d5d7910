import { aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { getOrCreate } from './sibling-stack';
import { logStatements, type Statement } from './grants';

/**
 * Renders the log group of actions on compute of CodePipeline, and returns the statements for writing to it. The
 * service determines its name. It is created explicitly to have a retention.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export function renderActionLogs(scope: Construct, pipelineName: string, logDays: number): Statement[] {
  const logGroupName = `/aws/codepipeline/${pipelineName}`;
  const logGroup = getOrCreate(scope, 'ActionLogs', (parent, id) => {
    const created = new logs.CfnLogGroup(parent, id, { logGroupName, retentionInDays: logDays });
    created.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return created;
  });
  return logStatements(logGroup, logGroupName);
}
