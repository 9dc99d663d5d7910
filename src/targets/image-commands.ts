import { IMAGE_DETAIL } from '../aws/ecs';

/** An image of a release, by the artifact that describes it. */
export interface ReleasedArtifact {
  readonly artifact: string;
}

/** The artifacts that images come from, each once, the first being the one whose files a step starts in. */
export const artifactsOf = (containers: readonly ReleasedArtifact[]): string[] => [
  ...new Set(containers.map(({ artifact }) => artifact)),
];

/** All images of CodeBuild have it. @see https://github.com/aws/aws-codebuild-docker-images */
export const NEEDS_JQ =
  'command -v jq > /dev/null || { echo "The compute of CodePipeline has no jq, with which images are read" >&2; false; }';

/** The variable in which the image of a container is found, pinned to its digest. */
export const imageVariable = (index: number) => `IMAGE_${index + 1}`;

/**
 * Puts the image of each container into an environment variable. What it holds never becomes part of a command, and an image that is not pinned to a
 * digest is refused: what was tested would not be what is deployed.
 */
export const readImageCommands = (containers: readonly ReleasedArtifact[]): string[] =>
  containers.map(({ artifact }, i) =>
    [
      `${imageVariable(i)}="$(jq -er '.ImageURI | select(contains("@sha256:"))' ${detailOf(containers, artifact)})" && export ${imageVariable(i)}`,
      `|| { echo "The artifact ${artifact} has no ${IMAGE_DETAIL} with an ImageURI that is pinned to a digest" >&2; false; }`,
    ].join(' '),
  );

/** A file of an input. */
const detailOf = (containers: readonly ReleasedArtifact[], artifact: string) =>
  `"$CODEBUILD_SRC_DIR${artifact === containers[0].artifact ? '' : `_${artifact}`}/${IMAGE_DETAIL}"`;
