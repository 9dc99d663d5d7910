import type { Architecture } from '../../aws/builds';
import { imageConsumers } from '../image-consumers';
import type { PipelinePlan, SynthWarning } from '../pipeline-plan';
import type { Problems } from '../problems';

const DISPLAY_NAMES: Readonly<Record<Architecture, string>> = { x86: 'x86', arm: 'ARM' };

/**
 * Validates that no image with several architectures is deployed to Lambda, which accepts no image index.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
export function validateArchitectures(plan: PipelinePlan, problems: Problems): void {
  for (const { path, artifact, image, takesIndex } of imageConsumers(plan)) {
    if (takesIndex || !image?.architectures || image.architectures.length <= 1) continue;
    const rule = 'deploy an image with one platform, because Lambda does not accept an image index';
    problems.at(path).add(rule, artifact, 'configure a single platform for the image');
  }
}

/**
 * Returns warnings about images that are built for another architecture than they run on. The build machine determines
 * the architecture of an image, unless its Dockerfile sets another, which is unknown at synth time.
 */
export function architectureWarnings(plan: PipelinePlan): SynthWarning[] {
  return imageConsumers(plan).flatMap(({ step, artifact, image, architecture }) => {
    const { architectures } = image ?? {};
    if (!architectures || !architecture || architectures.includes(architecture)) return [];
    const built = architectures.map((name) => DISPLAY_NAMES[name]).join(' and ');
    return [
      {
        id: `architecture-mismatch[${step}]`,
        text:
          `The image '${artifact}' is built for ${built}, but '${step}' runs it on ${DISPLAY_NAMES[architecture]}, ` +
          'where it exits immediately. Set platforms of BuildStep.dockerImage, or the architecture that it runs on: ' +
          'runtimePlatform of a task definition, architecture of a function.',
      },
    ];
  });
}
