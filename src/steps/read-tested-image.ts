import { BuildStep } from './build-step';
import type { BuiltImage } from './built-image';
import type { Problems } from '../pipeline/problems';
import { isInstance } from '../pipeline/read-options';

const RULE = 'be a step that builds an image';
const FIX = 'use BuildStep.dockerImage or BuildStep.ecrBuildAndPublish';

/** Returns the image that a step builds, and reports a step that builds none. */
export function readTestedImage(step: BuildStep, problems: Problems): BuiltImage | undefined {
  if (!isInstance(step, BuildStep)) {
    problems.add(RULE, step, FIX);
    return undefined;
  }
  const image = step._image();
  if (!image) problems.add(RULE, step.stepName, FIX);
  return image;
}
