import type { DeployRequest } from './deploy-request';
import { Problems } from '../pipeline/problems';
import type { PipelineStep } from '../steps/pipeline-step';

/** Describes the image that is released, as what CodePipeline fills in when an action starts. */
export interface ReleasedImage {
  /** Pinned to the digest. */
  readonly uri: string;
  readonly digest: string;
}

/** Returns the artifact with the files of a release: one that describes an image holds none, so they are those of the source. */
export function releasedFilesOf({ image, source, artifact }: DeployRequest): string {
  return image && source !== undefined ? source : artifact;
}

/**
 * Validates that no image is released, for a target that cannot run one.
 *
 * @param what the target, with its article, as in `a static site`
 */
export function validateNoImage(what: string, { image, problems }: DeployRequest): void {
  if (image === undefined) return;
  problems.add(
    'take an image, since that is what is released',
    what,
    'release it by a pipeline of its own; here, use DeployTarget.ecsService, ecsTask, eksHelm, eksManifests or lambdaImage',
  );
}

/** The variables in which a step tells of its image; undefined when it tells of none. */
export function releasedImageOf(step: PipelineStep): ReleasedImage | undefined {
  const plans = step._plan({ defaultInput: 'Source', problems: new Problems() });
  const { provider, exports = [] } = plans.find(({ name }) => name === step.stepName) ?? plans[0];
  const [uri, digest] = provider === 'ecrSource' ? ['ImageURI', 'ImageDigest'] : ['IMAGE_URI', 'IMAGE_DIGEST'];
  return provider === 'ecrSource' || (exports.includes(uri) && exports.includes(digest))
    ? { uri: `${step.variable(uri)}`, digest: `${step.variable(digest)}` }
    : undefined;
}
