import type { DeployRequest } from './deploy-request';
import { IMAGE_DETAIL } from '../aws/ecs';

/** Describes an image that commands deploy. */
export interface DeployedImage {
  /** Artifact that describes it. */
  readonly artifact: string;
}

/** Returns the artifacts that images come from, each once. A step starts in the files of the first. */
export function artifactsOf(images: readonly DeployedImage[]): string[] {
  return [...new Set(images.map(({ artifact }) => artifact))];
}

/**
 * Fails where `jq` is missing. All images of CodeBuild have it. @see https://github.com/aws/aws-codebuild-docker-images
 */
export const NEEDS_JQ =
  'command -v jq > /dev/null || { echo "The compute of CodePipeline has no jq, with which images are read" >&2; ' +
  'false; }';

/** Returns the variable that holds an image, pinned to its digest. */
export function imageVariable(index: number): string {
  return `IMAGE_${index + 1}`;
}

/**
 * Returns commands that put each image into an environment variable. Its value never becomes part of a command, and an
 * image that is not pinned to a digest is refused: what was tested would not be set.
 */
export function readImageCommands(images: readonly DeployedImage[]): string[] {
  return images.map(({ artifact }, i) => {
    const variable = imageVariable(i);
    return [
      `${variable}="$(jq -er '.ImageURI | select(contains("@sha256:"))' ${detailOf(images, artifact)})" && ` +
        `export ${variable}`,
      `|| { echo "The artifact ${artifact} has no ${IMAGE_DETAIL} with an ImageURI that is pinned to a digest" ` +
        '>&2; false; }',
    ].join(' ');
  });
}

/** Returns the file that describes an image, as a word of the shell. */
function detailOf(images: readonly DeployedImage[], artifact: string): string {
  const suffix = artifact === images[0].artifact ? '' : `_${artifact}`;
  return `"$CODEBUILD_SRC_DIR${suffix}/${IMAGE_DETAIL}"`;
}

/**
 * Returns the artifact with the files of a release: one that describes an image holds none, so they are those of the
 * source.
 */
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
    'be a target that deploys images, since the release is an image',
    what,
    'deploy it with a separate pipeline, or use DeployTarget.ecsService, ecsTask, eksHelm, eksManifests or ' +
      'lambdaImage',
  );
}
