import { allow, ANSWER_JOB } from '../../render/grants';

/** Names what the function of a release freeze works on. */
interface FreezeResources {
  readonly switchArn?: unknown;
  readonly breakGlassArn: unknown;
  readonly calendarArns: readonly unknown[];
  readonly logGroupArn: unknown;
}

/**
 * Allows the function of a release freeze to read what it decides by, to report its result, and to record it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export function freezeStatements({ switchArn, breakGlassArn, calendarArns, logGroupArn }: FreezeResources) {
  return [
    allow(['ssm:GetParameter'], [breakGlassArn]),
    ...(switchArn !== undefined ? [allow(['ssm:GetParameter', 'ssm:GetParameterHistory'], [switchArn])] : []),
    ...(calendarArns.length > 0 ? [allow(['ssm:GetCalendarState'], calendarArns)] : []),
    allow(ANSWER_JOB.actions, ANSWER_JOB.resources),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
  ];
}

/**
 * Allows people to freeze and thaw, or to break the glass.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
export const WRITE_PARAMETER = ['ssm:GetParameter', 'ssm:PutParameter'];
