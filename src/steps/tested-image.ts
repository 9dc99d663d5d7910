import { BuildStep } from './build-step';
import type { BuiltImage } from './built-image';
import type { Problems } from '../pipeline/problems';

/** Reads the image that a step builds, and reports a step that builds none. */
export function readTestedImage(step: BuildStep, problems: Problems): BuiltImage | undefined {
  const isBuild = step instanceof BuildStep;
  const image = isBuild ? step._image() : undefined;
  if (image) return image;
  const fix = 'use BuildStep.dockerImage or BuildStep.ecrBuildAndPublish';
  problems.add('be a step that makes an image', isBuild ? step.stepName : step, fix);
  return undefined;
}
