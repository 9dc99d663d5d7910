import type { BuildStep } from '../../steps/build-step';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import type { ReleasePipelineProps } from '../common/props';

/** What a {@link MultiEnvPromotionPipeline} is made of. The source, the build and the environments are required. */
export interface MultiEnvPromotionPipelineProps extends ReleasePipelineProps {
  /** How it is built and tested, once for all environments. */
  readonly buildStep: BuildStep;

  /**
   * Where releases go, in this order: environments, and waves of several at the same time. At least one; each environment has a `target`. What was
   * built goes through all of them unchanged.
   */
  readonly environments: ReleaseDestination[];

  /**
   * What is released. Needed where the build makes several artifacts with names and none without, or none at all, as one that pushes an image; then
   * it may be that of a source.
   *
   * @default - the artifact of the build
   */
  readonly artifact?: PipelineArtifact;
}
