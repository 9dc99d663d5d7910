import { allActions } from '../actions';
import { imageConsumers } from '../image-consumers';
import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';

/** Rule of targets that deploy an image. */
export const IMAGE_ARTIFACT = 'deploy an artifact that describes an image';

/** Validates that no target deploys an image from the artifact of a build that builds none. */
export function validateImages(plan: PipelinePlan, problems: Problems): void {
  const withoutImage = allActions(plan).filter(({ writesNoImage }) => writesNoImage);
  for (const { path, artifact } of imageConsumers(plan)) {
    const build = withoutImage.find(({ outputs }) => outputs.includes(artifact));
    if (!build) continue;
    const fix = 'build the image with BuildStep.dockerImage(repository), and deploy its artifact';
    problems.root(path).add(IMAGE_ARTIFACT, `${artifact} of ${build.name}`, fix);
  }
}
