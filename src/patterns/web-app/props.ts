import type { Duration } from 'aws-cdk-lib';
import type { BuildStep } from '../../build/build-step';
import type { DeploymentEnvironment } from '../../promotion/deployment-environment';
import type { PipelineSource } from '../../source/pipeline-source';

/** What a {@link WebAppPipeline} is made of. Only the source is required. */
export interface WebAppPipelineProps {
  /** Where the code comes from. */
  readonly source: PipelineSource;

  /**
   * How it is built and tested.
   *
   * @default BuildStep.nodeJs()
   */
  readonly buildStep?: BuildStep;

  /**
   * Where releases go, in this order. What was built once goes through all of them unchanged.
   *
   * @default - one environment named `production`, without an approval
   */
  readonly environments?: DeploymentEnvironment[];

  /**
   * Name of the pipeline: 1 to 100 letters, digits, `.`, `_` and `-`. Must be concrete. Changing it replaces the pipeline, whose
   * history is lost; buckets and distributions stay.
   *
   * @default - made from the name of the stack and the path of the construct
   */
  readonly pipelineName?: string;

  /**
   * How long artifacts are kept. A rollback reads the artifacts of the release it goes back to, so this bounds how far back it
   * reaches. Whole days, at least the longest expiry of an approval plus 90 days.
   *
   * @default Duration.days(365)
   */
  readonly artifactRetention?: Duration;

  /**
   * How long the logs of builds and deployments are kept: a number of days that CloudWatch Logs knows, e.g. 30, 90, 365.
   *
   * @default Duration.days(90)
   */
  readonly logRetention?: Duration;
}
