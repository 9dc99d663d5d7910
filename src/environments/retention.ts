import type { Duration } from 'aws-cdk-lib';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../aws/retention';
import type { StagePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { DURATION, readValue } from '../pipeline/read-options';

/** Retention that every pattern lets the user configure. */
interface RetentionProps {
  readonly artifactRetention?: Duration;
  readonly logRetention?: Duration;
}

/** Plans how many days artifacts and logs are kept. Artifacts must outlive approvals. */
export function planRetention(
  { artifactRetention, logRetention }: RetentionProps,
  stages: readonly StagePlan[],
  problems: Problems,
): { artifactDays: number; logDays: number } {
  const at = problems.at('artifactRetention');
  const artifactDays = daysOf(artifactRetention, at) ?? RETENTION_DAYS.artifacts;
  const timeouts = stages.flatMap((stage) => stage.actions.map((action) => action.timeoutMinutes ?? 0));
  const least = Math.ceil(Math.max(0, ...timeouts) / 1440) + RETENTION_DAYS.artifactsBeyondApproval;
  if (!Number.isInteger(artifactDays) || artifactDays < least) {
    at.add(
      `be whole days and at least ${least} (the longest approval plus ${RETENTION_DAYS.artifactsBeyondApproval})`,
      artifactDays,
      'a rollback reads the artifacts of the release it goes back to; keep them longer',
    );
  }
  return { artifactDays, logDays: planLogDays(logRetention, problems) };
}

/** Plans how many days logs are kept: a number that CloudWatch Logs takes. */
export function planLogDays(logRetention: Duration | undefined, problems: Problems): number {
  const at = problems.at('logRetention');
  const logDays = daysOf(logRetention, at) ?? RETENTION_DAYS.logs;
  if (!LOG_RETENTION_DAYS.includes(logDays)) {
    const fix = 'choose a number that CloudWatch Logs knows';
    at.add(`be one of ${LOG_RETENTION_DAYS.join(', ')} days`, logDays, fix);
  }
  return logDays;
}

function daysOf(retention: Duration | undefined, problems: Problems): number | undefined {
  return readValue(retention, DURATION, problems)?.toDays({ integral: false });
}
