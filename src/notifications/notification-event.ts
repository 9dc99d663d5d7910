/**
 * What a notification tells of. A rule of AWS sends each of them as one message.
 *
 * There is no event for a condition of a stage or for one of its rules; what they bring about (a stage that fails, a
 * run that goes on) has one.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html#events-ref-pipeline
 */
export enum NotificationEvent {
  /** A run began. */
  PIPELINE_STARTED = 'codepipeline-pipeline-pipeline-execution-started',
  /** A run got through every stage. */
  PIPELINE_SUCCEEDED = 'codepipeline-pipeline-pipeline-execution-succeeded',
  /** A run failed, and waits to be retried or left. */
  PIPELINE_FAILED = 'codepipeline-pipeline-pipeline-execution-failed',
  /** Somebody stopped a run. */
  PIPELINE_CANCELED = 'codepipeline-pipeline-pipeline-execution-canceled',
  /** A run that had failed is being retried. */
  PIPELINE_RESUMED = 'codepipeline-pipeline-pipeline-execution-resumed',
  /** A run gave its place to a newer one and never goes on. */
  PIPELINE_SUPERSEDED = 'codepipeline-pipeline-pipeline-execution-superseded',
  /** A stage began. */
  STAGE_STARTED = 'codepipeline-pipeline-stage-execution-started',
  /** All actions of a stage succeeded. */
  STAGE_SUCCEEDED = 'codepipeline-pipeline-stage-execution-succeeded',
  /** A stage failed. */
  STAGE_FAILED = 'codepipeline-pipeline-stage-execution-failed',
  /** A stage was stopped with its run. */
  STAGE_CANCELED = 'codepipeline-pipeline-stage-execution-canceled',
  /** A stage that had failed is being retried. */
  STAGE_RESUMED = 'codepipeline-pipeline-stage-execution-resumed',
  /** An action began: several messages for every run. */
  ACTION_STARTED = 'codepipeline-pipeline-action-execution-started',
  /** An action succeeded: several messages for every run. */
  ACTION_SUCCEEDED = 'codepipeline-pipeline-action-execution-succeeded',
  /** An action failed. */
  ACTION_FAILED = 'codepipeline-pipeline-action-execution-failed',
  /** An action was stopped with its run. */
  ACTION_CANCELED = 'codepipeline-pipeline-action-execution-canceled',
  /** A run waits for a person. */
  APPROVAL_NEEDED = 'codepipeline-pipeline-manual-approval-needed',
  /** A person approved. */
  APPROVAL_SUCCEEDED = 'codepipeline-pipeline-manual-approval-succeeded',
  /** A person rejected, or nobody answered in time. */
  APPROVAL_FAILED = 'codepipeline-pipeline-manual-approval-failed',
}
