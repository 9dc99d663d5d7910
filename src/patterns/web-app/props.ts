import type { BuildStep } from '../../steps/build-step';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { ReleasePipelineProps } from '../common/props';

/** What a {@link WebAppPipeline} is made of. Only the source is required. */
export interface WebAppPipelineProps extends ReleasePipelineProps {
  /**
   * How it is built and tested.
   *
   * @default BuildStep.nodeJs()
   */
  readonly buildStep?: BuildStep;

  /**
   * Where releases go, in this order: environments, and waves of several at the same time. What was built once goes through all of them unchanged.
   *
   * @default - one environment named `production`, without an approval
   */
  readonly environments?: ReleaseDestination[];
}
