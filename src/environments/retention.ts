import type { Duration } from 'aws-cdk-lib';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../aws/retention';
import type { PipelinePlan } from '../pipeline/pipeline-plan';
import { problem, type Problem } from '../pipeline/problems';

/** What every pattern lets the user say of how long things are kept. */
interface RetentionProps {
  readonly artifactRetention?: Duration;
  readonly logRetention?: Duration;
}

/** How long things are kept, in days. */
export const planRetention = ({
  artifactRetention,
  logRetention,
}: RetentionProps): Pick<PipelinePlan, 'artifactDays' | 'logDays'> => ({
  artifactDays: artifactRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.artifacts,
  logDays: planLogDays(logRetention),
});

export const planLogDays = (logRetention?: Duration): number =>
  logRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.logs;

/** CloudWatch Logs knows some times only. */
export const checkLogDays = (logDays: number): Problem[] =>
  LOG_RETENTION_DAYS.includes(logDays)
    ? []
    : [
        problem(
          'logRetention',
          `be one of ${LOG_RETENTION_DAYS.join(', ')} days`,
          logDays,
          'choose a number that CloudWatch Logs knows',
        ),
      ];

/** Artifacts outlive approvals, and logs are kept for a time that their service knows. */
export function checkRetention({ artifactDays, logDays, stages }: PipelinePlan): Problem[] {
  const approvalDays = Math.ceil(
    Math.max(0, ...stages.flatMap((stage) => stage.actions.map((action) => action.timeoutMinutes ?? 0))) / 1440,
  );
  const least = approvalDays + RETENTION_DAYS.artifactsBeyondApproval;
  return [
    ...(Number.isInteger(artifactDays) && artifactDays >= least
      ? []
      : [
          problem(
            'artifactRetention',
            `be whole days and at least ${least} (the longest approval plus ${RETENTION_DAYS.artifactsBeyondApproval})`,
            artifactDays,
            'a rollback reads the artifacts of the release it goes back to; keep them longer',
          ),
        ]),
    ...checkLogDays(logDays),
  ];
}
