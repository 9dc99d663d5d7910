import { allow } from '../render/grants';

/** Names what the function that measures a pipeline works on. */
interface MonitoringResources {
  readonly pipelineArn: string;
  readonly hasApprovals: boolean;
  /** Parameters that hold since when an environment has failed. */
  readonly stateArns: readonly string[];
  readonly logGroupArn: string;
}

/**
 * Allows the function that measures a pipeline to read its executions and their actions, to store since when an environment has failed, and to
 * write metrics into its log.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export function monitoringStatements({ pipelineArn, hasApprovals, stateArns, logGroupArn }: MonitoringResources) {
  const ofActions = hasApprovals ? ['codepipeline:ListActionExecutions'] : [];
  return [
    allow(['codepipeline:ListPipelineExecutions', ...ofActions], [pipelineArn]),
    ...(stateArns.length > 0 ? [allow(['ssm:GetParameter', 'ssm:PutParameter'], stateArns)] : []),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
  ];
}
