import type { SynthWarning } from '../warnings';
import { imageConsumers } from '../image-consumers';
import type { PipelinePlan } from '../pipeline-plan';
import { problem, type Problem } from '../problems';
import type { Architecture } from '../../aws/builds';

const WORDS: Readonly<Record<Architecture, string>> = { x86: 'x86', arm: 'ARM' };

/**
 * Lambda takes an image, and no index of several.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export const checkArchitectures = (plan: PipelinePlan): Problem[] =>
  imageConsumers(plan)
    .filter(({ image, takesIndex }) => !takesIndex && image !== undefined && image.architectures.length > 1)
    .map(({ step, artifact }) =>
      problem(
        step,
        'release an image of one platform, since Lambda takes no index',
        artifact,
        'give that image one of its platforms',
      ),
    );

/** The machine decides for what an image is, unless its Dockerfile says otherwise: nobody sees that here. */
export const architectureMismatches = (plan: PipelinePlan): SynthWarning[] =>
  imageConsumers(plan).flatMap(({ step, artifact, image, architecture }) => {
    if (!image || !architecture || image.architectures.includes(architecture)) return [];
    return [
      {
        id: `other-processor[${step}]`,
        text:
          `The image '${artifact}' is built for ${image.architectures.map((one) => WORDS[one]).join(' and ')}, and '${step}' lets it run on ${WORDS[architecture]}, where it ends at once. ` +
          'Say platforms of BuildStep.dockerImage, or the processor of what runs it: runtimePlatform of a task definition, architecture of a function.',
      },
    ];
  });
