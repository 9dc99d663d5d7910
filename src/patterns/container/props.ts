import type { BuildStep } from '../../steps/build-step';
import type { ImageScan } from '../../steps/inspector-scan/image-scan';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { ReleasePipelineProps } from '../common/props';

/** What a {@link ContainerPipeline} is made of. The source, an image and the environments are required. */
export interface ContainerPipelineProps extends ReleasePipelineProps {
  /**
   * The image that is built and released, e.g. `BuildStep.dockerImage(repository)`. Its repository belongs into a stack of its own, as
   * {@link ContainerRepository} makes it, since services depend on it.
   */
  readonly image: BuildStep;

  /**
   * Further images, built at the same time. Services say which container gets one: `DeployTarget.ecsService(service, { images: { worker } })`.
   *
   * @default - none
   */
  readonly additionalImages?: BuildStep[];

  /**
   * What stops an image with known vulnerabilities, before anything is deployed.
   *
   * @default ImageScan.inspector() - no critical ones; Amazon Inspector charges for each scan
   */
  readonly scan?: ImageScan;

  /**
   * Where releases go, in this order: environments, and waves of several at the same time. At least one; each has a `target`, such as
   * `DeployTarget.ecsService(service)`. The images are built once and go through all of them unchanged, by their digests.
   */
  readonly environments: ReleaseDestination[];
}
