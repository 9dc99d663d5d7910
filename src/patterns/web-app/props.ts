import type { BuildStep } from '../../build/build-step';
import type { DeploymentEnvironment } from '../../promotion/deployment-environment';
import type { FailureHandling } from '../../promotion/failure-handling';
import type { PipelineSource } from '../../source/pipeline-source';
import type { PipelineStep } from '../../step/pipeline-step';
import type { CommonPipelineProps } from '../common/props';

/** What a {@link WebAppPipeline} is made of. Only the source is required. */
export interface WebAppPipelineProps extends CommonPipelineProps {
  /** Where the code comes from. */
  readonly source: PipelineSource;

  /**
   * How it is built and tested.
   *
   * @default BuildStep.nodeJs()
   */
  readonly buildStep?: BuildStep;

  /**
   * Further sources, which all are read at the beginning of each run. Steps use one as an input: `inputs: [source.artifact, content.artifact]`.
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
   * What happens when the build or one of the checks fails, e.g. `FailureHandling.retryFailedActions()` for tests that fail now and then.
   *
   * @default FailureHandling.none()
   */
  readonly onBuildFailure?: FailureHandling;

  /**
   * Where releases go, in this order. What was built once goes through all of them unchanged.
   *
   * @default - one environment named `production`, without an approval
   */
  readonly environments?: DeploymentEnvironment[];
}
