import type { Row } from '../call';

/** Returns the URL of the reference page of an action in the CodePipeline user guide. */
export function page(name: string) {
  return `https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-${name}.html`;
}

/** Returns the URL of the reference page of a rule. */
export function rulePage(name: string) {
  return `https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-${name}.html`;
}

const LOG_GROUP = 'arn:{partition}:logs:{region}:{account}:log-group:/aws/codepipeline/{pipeline}:*';

/** Lists the calls that write the logs of actions on managed compute. */
export const MANAGED_COMPUTE_LOGS: readonly Row[] = [
  {
    call: 'logs:CreateLogGroup',
    on: 'arn:{partition}:logs:{region}:{account}:log-group:/aws/codepipeline/{pipeline}:log-stream:',
    alternativeOn: 'arn:{partition}:logs:{region}:{account}:log-group:/aws/codepipeline/{pipeline}',
    grant: LOG_GROUP,
  },
  {
    call: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    on: 'arn:{partition}:logs:{region}:{account}:log-group:/aws/codepipeline/{pipeline}:log-stream:{run}',
    grant: LOG_GROUP,
  },
];
