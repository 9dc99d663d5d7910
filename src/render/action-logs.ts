import { aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { getOrCreate } from './sibling-stack';
import { logStatements, type Statement } from './grants';

/**
 * The log group of actions on compute of CodePipeline, of an account and region, and what they may do with it. Its name
 * is fixed by the service; made here, when it is first needed, it has a retention.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export function renderActionLogs(scope: Construct, pipelineName: string, logDays: number): Statement[] {
  const logGroupName = `/aws/codepipeline/${pipelineName}`;
  const logGroup = getOrCreate(scope, 'ActionLogs', (parent, id) => {
    const made = new logs.CfnLogGroup(parent, id, { logGroupName, retentionInDays: logDays });
    made.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return made;
  });
  return logStatements(logGroup, logGroupName);
}
