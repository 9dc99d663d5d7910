import type { DeployRequest } from './deploy-request';
import { problem, type Problem, Problems } from '../pipeline/problems';
import type { PipelineStep } from '../steps/pipeline-step';

/** The image that is released, as what CodePipeline fills in when an action starts. */
export interface ReleasedImage {
  /** Pinned to the digest. */
  readonly uri: string;
  readonly digest: string;
}

/** Where the files of a release are: an artifact that describes an image holds none, so they are those of the source. */
export const releasedFilesOf = ({ image, source, artifact }: DeployRequest): string =>
  image && source !== undefined ? source : artifact;

/** What is released is an image, and so goes to nothing but what runs one. */
export const checkTakesImage = (prop: string, what: string, { image }: DeployRequest): Problem[] =>
  image === undefined
    ? []
    : [
        problem(
          prop,
          'take an image, since that is what is released',
          what,
          'release it by a pipeline of its own; here, use DeployTarget.ecsService, ecsTask, eksHelm, eksManifests or lambdaImage',
        ),
      ];

/** The variables in which a step tells of its image; undefined when it tells of none. */
export function releasedImageOf(step: PipelineStep): ReleasedImage | undefined {
  const plans = step._plan({ defaultInput: 'Source', problems: new Problems() });
  const { provider, exports = [] } = plans.find(({ name }) => name === step.stepName) ?? plans[0];
  const [uri, digest] = provider === 'ecrSource' ? ['ImageURI', 'ImageDigest'] : ['IMAGE_URI', 'IMAGE_DIGEST'];
  return provider === 'ecrSource' || (exports.includes(uri) && exports.includes(digest))
    ? { uri: `${step.variable(uri)}`, digest: `${step.variable(digest)}` }
    : undefined;
}
