/**
 * Event of a pipeline that a {@link Notification} can be sent for. Each event is a separate message.
 *
 * Stage conditions and their rules have no events. Their results do, such as a stage that fails.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/concepts.html#events-ref-pipeline
 */
export enum NotificationEvent {
  /** An execution started. */
  PIPELINE_STARTED = 'codepipeline-pipeline-pipeline-execution-started',
  /** An execution succeeded in all stages. */
  PIPELINE_SUCCEEDED = 'codepipeline-pipeline-pipeline-execution-succeeded',
  /** An execution failed. */
  PIPELINE_FAILED = 'codepipeline-pipeline-pipeline-execution-failed',
  /** An execution was stopped. */
  PIPELINE_CANCELED = 'codepipeline-pipeline-pipeline-execution-canceled',
  /** A failed execution is being retried. */
  PIPELINE_RESUMED = 'codepipeline-pipeline-pipeline-execution-resumed',
  /** An execution was superseded by a newer one, and does not continue. */
  PIPELINE_SUPERSEDED = 'codepipeline-pipeline-pipeline-execution-superseded',
  /** A stage started. */
  STAGE_STARTED = 'codepipeline-pipeline-stage-execution-started',
  /** All actions of a stage succeeded. */
  STAGE_SUCCEEDED = 'codepipeline-pipeline-stage-execution-succeeded',
  /** A stage failed. */
  STAGE_FAILED = 'codepipeline-pipeline-stage-execution-failed',
  /** A stage was stopped with its execution. */
  STAGE_CANCELED = 'codepipeline-pipeline-stage-execution-canceled',
  /** A failed stage is being retried. */
  STAGE_RESUMED = 'codepipeline-pipeline-stage-execution-resumed',
  /** An action started. Sends several messages for each execution. */
  ACTION_STARTED = 'codepipeline-pipeline-action-execution-started',
  /** An action succeeded. Sends several messages for each execution. */
  ACTION_SUCCEEDED = 'codepipeline-pipeline-action-execution-succeeded',
  /** An action failed. */
  ACTION_FAILED = 'codepipeline-pipeline-action-execution-failed',
  /** An action was stopped with its execution. */
  ACTION_CANCELED = 'codepipeline-pipeline-action-execution-canceled',
  /** An execution waits for a manual approval. */
  APPROVAL_NEEDED = 'codepipeline-pipeline-manual-approval-needed',
  /** An approval was granted. */
  APPROVAL_SUCCEEDED = 'codepipeline-pipeline-manual-approval-succeeded',
  /** An approval was rejected or expired. */
  APPROVAL_FAILED = 'codepipeline-pipeline-manual-approval-failed',
}
