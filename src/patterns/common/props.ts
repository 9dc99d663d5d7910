import type { Duration } from 'aws-cdk-lib';
import type { SelfUpdate } from '../../steps/self-update/self-update';
import type { Notification } from '../../notifications/notification';
import type { PipelineMonitoring } from '../../monitoring/pipeline-monitoring';
import type { PipelineExecutionMode } from '../../environments/execution-mode';
import type { FailureHandling } from '../../conditions/failure-handling';
import type { PipelineSource } from '../../sources/pipeline-source';
import type { PipelineTrigger } from '../../sources/triggers/pipeline-trigger';
import type { PipelineStep } from '../../steps/pipeline-step';
import type { PipelineVariable } from '../../steps/pipeline-variable';

/** What every pattern can be told of its pipeline as a whole. */
export interface CommonPipelineProps {
  /**
   * What starts a run.
   *
   * @default - any change of any source
   */
  readonly triggers?: PipelineTrigger[];

  /**
   * What happens when a run begins while another is in progress. In PARALLEL mode nothing can go back to an earlier
   * release, so it is refused with stages that would, as environments do unless told otherwise.
   *
   * @default PipelineExecutionMode.SUPERSEDED
   */
  readonly executionMode?: PipelineExecutionMode;

  /**
   * Values that whoever starts a run may choose, each a {@link PipelineVariable}. At most 50.
   *
   * @default - none
   */
  readonly variables?: PipelineVariable[];

  /**
   * Who hears about runs: that they fail, that somebody is to approve. Notifications cost nothing but what their
   * channel costs.
   *
   * @default Notification.none()
   */
  readonly notifications?: Notification;

  /**
   * What is measured, shown and alarmed of: a dashboard, alarms, and metrics of the delivery to each environment. It
   * costs money; see {@link PipelineMonitoring.standard}.
   *
   * @default PipelineMonitoring.none()
   */
  readonly monitoring?: PipelineMonitoring;

  /**
   * The newest run begins anew when an update of the stack changes the pipeline. Without, an update ends runs that are
   * in progress and starts none.
   *
   * @default - false, but true in a pipeline that updates itself, where it must not be false
   */
  readonly restartOnUpdate?: boolean;

  /**
   * Whether a run first deploys the stack of the pipeline, so that a change of its definition comes with the commit
   * that makes it. Not in PARALLEL mode.
   *
   * @default SelfUpdate.none()
   */
  readonly selfUpdate?: SelfUpdate;

  /**
   * Name of the pipeline: 1 to 100 letters, digits, `.`, `_` and `-`. Must be concrete. Changing it replaces the
   * pipeline, whose history is lost; buckets and distributions stay.
   *
   * @default - made from the name of the stack and the path of the construct
   */
  readonly pipelineName?: string;

  /**
   * How long artifacts are kept. A rollback reads the artifacts of the release it goes back to, so this bounds how far
   * back it reaches. Whole days, at least the longest expiry of an approval plus 90 days.
   *
   * @default Duration.days(365)
   */
  readonly artifactRetention?: Duration;

  /**
   * How long the logs of builds and deployments are kept: a number of days that CloudWatch Logs knows, e.g. 30, 90,
   * 365.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}

/** What every pattern can be told that builds once and releases what it built. */
export interface ReleasePipelineProps extends CommonPipelineProps {
  /** Where the code comes from. */
  readonly source: PipelineSource;

  /**
   * Further sources, which all are read at the beginning of each run. Steps use one as an input:
   * `inputs: [source.artifact, content.artifact]`.
   *
   * @default - none
   */
  readonly additionalSources?: PipelineSource[];

  /**
   * Steps beside the build, in its stage, such as linters or scans; nothing is released when one fails.
   *
   * @default - none
   */
  readonly checks?: PipelineStep[];

  /**
   * What happens when the build or one of the checks fails, e.g. `FailureHandling.retryFailedActions()` for tests that
   * fail now and then.
   *
   * @default FailureHandling.none()
   */
  readonly onBuildFailure?: FailureHandling;
}
