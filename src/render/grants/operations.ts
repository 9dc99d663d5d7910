import { allow } from './statement';

/**
 * For the function of a release freeze: to read what it decides by, to answer, and to record.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export const releaseFreezeStatements = ({
  switchArn,
  breakGlassArn,
  calendarArns,
  logGroupArn,
}: {
  readonly switchArn?: unknown;
  readonly breakGlassArn: unknown;
  readonly calendarArns: readonly unknown[];
  readonly logGroupArn: unknown;
}) => [
  allow(['ssm:GetParameter'], [breakGlassArn]),
  ...(switchArn !== undefined ? [allow(['ssm:GetParameter', 'ssm:GetParameterHistory'], [switchArn])] : []),
  ...(calendarArns.length > 0 ? [allow(['ssm:GetCalendarState'], calendarArns)] : []),
  allow(ANSWER_JOB.actions, ANSWER_JOB.resources),
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
];

/**
 * For the function that measures a pipeline: to see its runs and their actions, to remember since when an environment has failed, and to write
 * metrics into its log.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscodepipeline.html
 */
export const monitoringStatements = ({
  pipelineArn,
  approvals,
  stateArns,
  logGroupArn,
}: {
  readonly pipelineArn: string;
  readonly approvals: boolean;
  readonly stateArns: readonly string[];
  readonly logGroupArn: string;
}) => [
  allow(
    ['codepipeline:ListPipelineExecutions', ...(approvals ? ['codepipeline:ListActionExecutions'] : [])],
    [pipelineArn],
  ),
  ...(stateArns.length > 0 ? [allow(['ssm:GetParameter', 'ssm:PutParameter'], stateArns)] : []),
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
];

/**
 * For people who freeze and thaw, or break the glass. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
export const WRITE_PARAMETER = ['ssm:GetParameter', 'ssm:PutParameter'];

/**
 * For the role of a function that answers to the pipeline. Jobs have no resource level.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-invoke-lambda-function.html
 */
export const ANSWER_JOB = {
  actions: ['codepipeline:PutJobSuccessResult', 'codepipeline:PutJobFailureResult'],
  resources: ['*'],
};
