import type { aws_sns as sns } from 'aws-cdk-lib';

/** Describes the monitoring of a pipeline, with all its defaults resolved. */
export interface MonitoringPlan {
  readonly alarmTopic?: sns.ITopic;
  /** Duration above which an execution raises an alarm; none by default. */
  readonly maxDurationSeconds?: number;
  readonly maxApprovalWaitSeconds: number;
  readonly dashboard: boolean;
}
