import type { aws_sns as sns, Duration } from 'aws-cdk-lib';

/** Options of {@link PipelineMonitoring.standard}. */
export interface PipelineMonitoringOptions {
  /**
   * Who is told when an alarm goes off. In the region of the pipeline; not encrypted with the key that AWS manages (`alias/aws/sns`), which lets
   * no alarm in. What alarms need is added to the policy of a topic of this app, and to that of its key if it is encrypted.
   *
   * @default - nobody: alarms only change their state
   */
  readonly alarmTopic?: sns.ITopic;

  /**
   * How long a run may be in progress before an alarm goes off, at least 15 minutes. Waiting counts: for approvals, for another run, for a window to
   * open. It is looked at every 15 minutes, so the alarm may come that much later.
   *
   * @default - no such alarm
   */
  readonly maxDuration?: Duration;

  /**
   * How long an approval may wait before an alarm goes off, at least 15 minutes. It is looked at every 15 minutes. Without effect where nobody is
   * asked.
   *
   * @default Duration.hours(24)
   */
  readonly maxApprovalWait?: Duration;

  /**
   * Is there a dashboard? It costs $3.00 a month beyond the first three of the account.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}
