import type { DeployRequest } from './deploy-request';

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
