import { aws_logs as logs, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { getOrCreate } from './sibling-stack';
import { logStatements, type Statement } from './grants';
import { envText } from '../pipeline/env';
import { fail, problem } from '../pipeline/problems';

/** Describes the logs of the actions of a pipeline. */
export interface ActionLogsRequest {
  /** Pattern or access construct, for error messages. */
  readonly owner: Construct;
  readonly pipelineName: string;
  readonly logDays: number;
}

/**
 * Renders the log group of actions on compute of CodePipeline, and returns the statements for writing to it. The
 * service determines its name. It is created explicitly to have a retention. The pages of the actions list
 * `logs:CreateLogGroup` among the required permissions.
 *
 * @param scope pipeline, or stack of an environment
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
 */
export function renderActionLogs(scope: Construct, { owner, pipelineName, logDays }: ActionLogsRequest): Statement[] {
  const logGroupName = `/aws/codepipeline/${pipelineName}`;
  const logGroup = getOrCreate(scope, 'ActionLogs', (parent, id) => {
    validateSingleOwner(parent, owner, pipelineName, logGroupName);
    const created = new logs.CfnLogGroup(parent, id, { logGroupName, retentionInDays: logDays });
    created.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return created;
  });
  return logStatements(logGroup, logGroupName);
}

/** Owners of the log groups of each app, by account, Region and name. */
const owners = new WeakMap<IConstruct, Map<string, Construct>>();

/** Validates that no other construct of the app creates the log group, which has a fixed name. */
function validateSingleOwner(scope: Construct, owner: Construct, pipelineName: string, logGroupName: string): void {
  const { account, region } = Stack.of(scope);
  if ([account, region, pipelineName].some((text) => Token.isUnresolved(text))) return;
  const inApp = owners.get(scope.node.root) ?? new Map<string, Construct>();
  owners.set(scope.node.root, inApp);
  const key = [account, region, pipelineName].join('/');
  const other = inApp.get(key);
  inApp.set(key, owner);
  if (other === undefined) return;
  const place = envText({ account, region });
  const rule = `be unique among the pipelines that deploy to ${place}, whose log group there is ${logGroupName}`;
  const fix =
    `rename this pipeline or that of ${other.node.path}, or list all environments of a pipeline in one ` +
    'DeploymentAccess';
  fail(owner, [problem('pipelineName', rule, pipelineName, fix)]);
}
