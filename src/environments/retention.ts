import { Duration } from 'aws-cdk-lib';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../aws/retention';
import type { StagePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { readValue, typeOf } from '../pipeline/read-options';
import { KNOWN_VALUE } from '../pipeline/rules';

/** Retention options of every pattern. */
interface RetentionProps {
  readonly artifactRetention?: Duration;
  readonly logRetention?: Duration;
}

/** Plans the retention of artifacts and logs in days. Artifacts must be kept longer than approvals can take. */
export function planRetention(
  { artifactRetention, logRetention }: RetentionProps,
  stages: readonly StagePlan[],
  problems: Problems,
): { artifactDays: number; logDays: number } {
  const at = problems.at('artifactRetention');
  const artifactDays = daysOf(artifactRetention, at) ?? RETENTION_DAYS.artifacts;
  const timeouts = stages.flatMap((stage) => stage.actions.map((action) => action.timeoutMinutes ?? 0));
  const longestApproval = Math.ceil(Math.max(0, ...timeouts) / MINUTES_PER_DAY);
  const minDays = longestApproval + RETENTION_DAYS.artifactsBeyondApproval;
  if (!Number.isInteger(artifactDays) || artifactDays < minDays) {
    const sum = `the longest approval plus ${RETENTION_DAYS.artifactsBeyondApproval}`;
    const rule = `be a whole number of at least ${minDays} days (${sum})`;
    at.add(rule, artifactDays, 'increase it, because a rollback reads the artifacts of the earlier release');
  }
  return { artifactDays, logDays: planLogDays(logRetention, problems) };
}

const MINUTES_PER_DAY = 24 * 60;

/** Plans the retention of logs in days, which must be one that CloudWatch Logs supports. */
export function planLogDays(logRetention: Duration | undefined, problems: Problems): number {
  const at = problems.at('logRetention');
  const logDays = daysOf(logRetention, at) ?? RETENTION_DAYS.logs;
  if (!LOG_RETENTION_DAYS.includes(logDays)) {
    at.add(LOG_RETENTION_RULE, logDays, SUPPORTED_RETENTION);
  }
  return logDays;
}

/** Rule of the retention of logs. */
export const LOG_RETENTION_RULE = `be one of ${LOG_RETENTION_DAYS.join(', ')} days`;

/** Fix of a retention that CloudWatch Logs does not support. */
export const SUPPORTED_RETENTION = 'choose a retention that CloudWatch Logs supports';

const DAYS = typeOf('a Duration', 'pass a duration, e.g. Duration.days(365)', (value) => value instanceof Duration);

/** Returns the days of a retention, and reports a wrong type and a token. */
export function daysOf(retention: Duration | undefined, problems: Problems): number | undefined {
  const duration = readValue(retention, DAYS, problems);
  if (duration?.isUnresolved()) {
    problems.add(KNOWN_VALUE, 'a token', 'pass a literal duration, e.g. Duration.days(90)');
    return undefined;
  }
  return duration?.toDays({ integral: false });
}
