import type { Architecture } from '../../aws/builds';
import { imageConsumers } from '../image-consumers';
import type { PipelinePlan, SynthWarning } from '../pipeline-plan';
import type { Problems } from '../problems';

const WORDS: Readonly<Record<Architecture, string>> = { x86: 'x86', arm: 'ARM' };

/**
 * Validates that an index of several images goes only where one is accepted.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function validateArchitectures(plan: PipelinePlan, problems: Problems): void {
  for (const { path, artifact, image, takesIndex } of imageConsumers(plan)) {
    if (takesIndex || image === undefined || image.architectures.length <= 1) continue;
    const rule = 'release an image of one platform, since Lambda takes no index';
    problems.at(path).add(rule, artifact, 'give that image one of its platforms');
  }
}

/**
 * Returns warnings about images whose architecture is not the one that they run on. The build machine decides for what
 * an image is built, unless its Dockerfile configures another, which is unknown at synth time.
 */
export function architectureWarnings(plan: PipelinePlan): SynthWarning[] {
  return imageConsumers(plan).flatMap(({ step, artifact, image, architecture }) => {
    if (!image || !architecture || image.architectures.includes(architecture)) return [];
    const built = image.architectures.map((each) => WORDS[each]).join(' and ');
    return [
      {
        id: `other-processor[${step}]`,
        text:
          `The image '${artifact}' is built for ${built}, and '${step}' lets it run on ${WORDS[architecture]}, ` +
          'where it ends at once. ' +
          'Say platforms of BuildStep.dockerImage, or the processor of what runs it: runtimePlatform of a task ' +
          'definition, architecture of a function.',
      },
    ];
  });
}
