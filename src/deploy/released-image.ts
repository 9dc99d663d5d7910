import type { PipelineStep } from '../step/pipeline-step';

/** The image that is released, as what CodePipeline fills in when an action starts. */
export interface ReleasedImage {
  /** Pinned to the digest. */
  readonly uri: string;
  readonly digest: string;
}

/** The variables in which a step tells of its image; undefined when it tells of none. */
export function releasedImageOf(step: PipelineStep): ReleasedImage | undefined {
  const { provider, exports = [] } = step._plan({ defaultInput: 'Source' });
  const [uri, digest] = provider === 'ecrSource' ? ['ImageURI', 'ImageDigest'] : ['IMAGE_URI', 'IMAGE_DIGEST'];
  return provider === 'ecrSource' || (exports.includes(uri) && exports.includes(digest))
    ? { uri: `${step.variable(uri)}`, digest: `${step.variable(digest)}` } : undefined;
}
