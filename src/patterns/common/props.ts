import type { aws_s3 as s3, Duration } from 'aws-cdk-lib';
import type { SelfUpdate } from '../../steps/self-update/self-update';
import type { Notification } from '../../notifications/notification';
import type { PipelineMonitoring } from '../../monitoring/pipeline-monitoring';
import type { PipelineExecutionMode } from '../../environments/execution-mode';
import type { FailureHandling } from '../../conditions/failure-handling';
import type { PipelineSource } from '../../sources/pipeline-source';
import type { PipelineTrigger } from '../../sources/triggers/pipeline-trigger';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { PipelineVariable } from '../../steps/pipeline-variable';

/** Properties that all pipeline patterns have in common. */
export interface CommonPipelineProps {
  /**
   * Triggers that start an execution.
   *
   * @default - any change of any source
   */
  readonly triggers?: PipelineTrigger[];

  /**
   * Execution mode: how CodePipeline handles an execution that starts while another is in progress.
   *
   * PARALLEL is an error if the pipeline deploys to environments, because the releases of simultaneous executions would
   * interleave, and if a stage rolls back, which CodePipeline cannot do in this mode.
   *
   * @default PipelineExecutionMode.SUPERSEDED
   */
  readonly executionMode?: PipelineExecutionMode;

  /**
   * Pipeline variables, whose values can be chosen when an execution is started. At most 50.
   *
   * @default - no variables
   */
  readonly variables?: PipelineVariable[];

  /**
   * Notifications about executions, e.g. about failures and pending approvals. Only their channels may incur a cost.
   *
   * @default Notification.none()
   */
  readonly notifications?: Notification;

  /**
   * Monitoring of the pipeline: a dashboard, alarms, and metrics of the deployments to each environment. It incurs a
   * cost; see {@link PipelineMonitoring.standard}.
   *
   * @default PipelineMonitoring.none()
   */
  readonly monitoring?: PipelineMonitoring;

  /**
   * Whether the latest execution restarts after an update of the stack changes the pipeline. If false, an update stops
   * executions in progress.
   *
   * @default - false, or true if the pipeline has a `selfUpdate`, which requires it
   */
  readonly restartOnUpdate?: boolean;

  /**
   * Self-update of the pipeline: an execution first deploys the stack of the pipeline, so that a commit can change the
   * pipeline and the application. Not supported in PARALLEL mode.
   *
   * @default SelfUpdate.none()
   */
  readonly selfUpdate?: SelfUpdate;

  /**
   * Name of the pipeline: 1 to 100 letters, digits, `.`, `_` and `-`. Must not be a token.
   *
   * If you change it, the pipeline is replaced and its history is lost. Buckets and distributions are not replaced.
   *
   * @default - derived from the name of the stack and the path of the construct
   */
  readonly pipelineName?: string;

  /**
   * Bucket for the artifacts, such as one that several pipelines share. It must be in the account and Region of the
   * pipeline. If environments or sources are in other accounts, it must be a bucket of this app with a `kms.Key`. Roles
   * of all pipelines that share a bucket can read the artifacts of each other.
   *
   * @default - a new bucket
   */
  readonly artifactBucket?: s3.IBucket;

  /**
   * Retention of artifacts, in whole days. At least the longest timeout of an approval plus 90 days.
   *
   * A rollback reads the artifacts of the earlier release. Releases whose artifacts have expired cannot be restored.
   *
   * @default Duration.days(365)
   */
  readonly artifactRetention?: Duration;

  /**
   * Retention of the logs of builds and deployments: a number of days that CloudWatch Logs supports, e.g. 30, 90 or
   * 365.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}

/** Properties of patterns that build once and deploy the result. */
export interface ReleasePipelineProps extends CommonPipelineProps {
  /** Source of the code. */
  readonly source: PipelineSource;

  /**
   * Additional sources. All sources are read at the beginning of each execution. Use them as inputs of steps, e.g.
   * `inputs: [source.artifact, content.artifact]`.
   *
   * @default - no additional sources
   */
  readonly additionalSources?: PipelineSource[];

  /**
   * Steps that run in the stage of the build, such as linters or scans. If a step fails, nothing is deployed.
   *
   * @default - no checks
   */
  readonly checks?: PipelineStep[];

  /**
   * Action of CodePipeline if the build or a check fails, e.g. `FailureHandling.retryFailedActions()` for flaky tests.
   *
   * @default FailureHandling.none()
   */
  readonly onBuildFailure?: FailureHandling;
}
