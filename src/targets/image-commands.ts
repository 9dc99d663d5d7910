import type { DeployRequest } from './deploy-request';
import { IMAGE_DETAIL } from '../aws/ecs';

/** An image that commands deploy. */
export interface DeployedImage {
  /** Artifact that describes the image. */
  readonly artifact: string;
}

/** Returns the artifacts of images, each once. The first one is the primary input of a step. */
export function artifactsOf(images: readonly DeployedImage[]): string[] {
  return [...new Set(images.map(({ artifact }) => artifact))];
}

/**
 * Command that fails if `jq` is missing. All CodeBuild images contain it.
 *
 * @see https://github.com/aws/aws-codebuild-docker-images
 */
export const NEEDS_JQ =
  'command -v jq > /dev/null || { echo "jq is required to read images, but it is not installed" >&2; ' + 'false; }';

/** Returns the name of the variable that contains an image URI with its digest. */
export function imageVariable(index: number): string {
  return `IMAGE_${index + 1}`;
}

/**
 * Returns commands that set an environment variable for each image. The value never becomes part of a command. An image
 * without a digest is rejected, since a tag could refer to another image than the tested one.
 */
export function readImageCommands(images: readonly DeployedImage[]): string[] {
  return images.map(({ artifact }, i) => {
    const variable = imageVariable(i);
    return [
      `${variable}="$(jq -er '.ImageURI? | strings | select(contains("@sha256:"))' ${detailOf(images, artifact)})"`,
      `&& export ${variable}`,
      `|| { echo "The artifact ${artifact} has no ${IMAGE_DETAIL} with an ImageURI that is pinned to a digest" ` +
        '>&2; false; }',
    ].join(' ');
  });
}

/** Returns the path of the file that describes an image, quoted for the shell. */
function detailOf(images: readonly DeployedImage[], artifact: string): string {
  const suffix = artifact === images[0].artifact ? '' : `_${artifact}`;
  return `"$CODEBUILD_SRC_DIR${suffix}/${IMAGE_DETAIL}"`;
}

/**
 * Returns the artifact with the files of a release. If the released artifact describes an image, these are the files of
 * the first source.
 */
export function releasedFilesOf({ image, source, artifact }: DeployRequest): string {
  return image && source !== undefined ? source : artifact;
}

/**
 * Validates that the release is no image, for a target that cannot run one.
 *
 * @param@param target name of the target with its article, such as `a static site`
 */
export function validateNoImage(target: string, { image, problems }: DeployRequest): void {
  if (image === undefined) return;
  problems.add(
    'be a target that deploys images, since the release is an image',
    target,
    'deploy it with a separate pipeline, or use DeployTarget.ecsService, ecsTask, eksHelm, eksManifests or ' +
      'lambdaImage',
  );
}
