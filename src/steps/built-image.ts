import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Architecture } from '../aws/builds';
import { IMAGE_TAG } from '../aws/limits';
import type { EcrImage } from '../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../pipeline/problems';
import { resourceWith } from '../pipeline/read-options';
import { containsVariable } from '../pipeline/variables';
import { RESOURCE } from '../pipeline/rules';

/** Describes an image that a step pushes. Its strings may contain variables. */
export interface BuiltImage {
  /** Name of the step that pushes the image. */
  readonly step: string;
  /** Name of the artifact that contains `imageDetail.json`. */
  readonly artifact: string;
  readonly repository: ecr.IRepository;
  /** First tag. */
  readonly tag: string;
  /** Known tags, which must differ between two images in one repository. */
  readonly tags: readonly string[];
  /** Digest of the image, or of the index if there is one. */
  readonly digest: string;
  /** Images per platform: a single one, or one for each platform, named by the suffix of its tag. */
  readonly parts: ReadonlyArray<{ readonly name?: string; readonly architecture: Architecture; readonly tag: string }>;
}

/** Default name of a step that builds an image. */
export const IMAGE = 'Image';

/** Type of repositories that images are pushed to. */
/** Fix of a step that has no image. */
export const IMAGE_STEP_FIX = 'use BuildStep.dockerImage(repository), or PipelineSource.ecr';

export const REPOSITORY = resourceWith('repositoryArn', RESOURCE.repository);

/** Returns the image of a step in the form that the plan of the step has. */
export function pushedImage({ repository, parts }: BuiltImage): EcrImage {
  return { repository, architectures: parts.map(({ architecture }) => architecture) };
}

/**
 * Validates the tags of an image. Tags that contain variables are not validated.
 *
 * @param suffixLength number of characters that are appended to the tags
 */
export function validateTags(tags: readonly string[] | undefined, problems: Problems, suffixLength = 0): void {
  if (tags?.length === 0) problems.add(atLeastOne('tag'), tags, 'remove it to use the default');
  for (const [i, tag] of (tags ?? []).entries()) {
    if (!containsVariable(tag)) validateTag(tag, problems.index(i), suffixLength);
  }
}

/** Validates a tag without variables. */
export function validateTag(tag: string, problems: Problems, suffixLength: number): void {
  problems.name(tag, { ...IMAGE_TAG, maxLength: IMAGE_TAG.maxLength - suffixLength }, 'choose another tag');
}

/** Describes the image of a release, by strings that CodePipeline substitutes when an action starts. */
export interface ReleasedImage {
  /** URI with the digest. */
  readonly uri: string;
  readonly digest: string;
}
