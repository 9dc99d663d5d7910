import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Architecture } from '../aws/builds';
import { IMAGE_TAG } from '../aws/limits';
import type { PushedImage } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { resourceWith } from '../pipeline/read-options';
import { containsVariable } from '../pipeline/variables';

/** Describes an image that a step has pushed, for the steps after it. Texts may hold variables. */
export interface BuiltImage {
  /** Name of the step that pushes. */
  readonly step: string;
  /** Name of the artifact that holds `imageDetail.json`. */
  readonly artifact: string;
  readonly repository: ecr.IRepository;
  /** The first tag. */
  readonly tag: string;
  /** Tags, as far as they are known: those of two images in one repository must differ. */
  readonly tags: readonly string[];
  /** The digest; that of the index, where there is one. */
  readonly digest: string;
  /** The images themselves: one, or one for each platform, named by the end of its tag. */
  readonly parts: ReadonlyArray<{ readonly name?: string; readonly architecture: Architecture; readonly tag: string }>;
}

/** Default name of a step that makes an image. */
export const IMAGE = 'Image';

/** Type of repositories that images are pushed to. */
export const REPOSITORY = resourceWith('repositoryArn', 'a repository of ECR');

/** Returns what the plan of a step says about its image. */
export function pushedImage({ repository, parts }: BuiltImage): PushedImage {
  return { repository, architectures: parts.map(({ architecture }) => architecture) };
}

/**
 * Validates the tags of an image, as far as they are known.
 *
 * @param suffixLength number of characters that are added to them
 */
export function validateTags(tags: readonly string[] | undefined, problems: Problems, suffixLength = 0): void {
  if (tags?.length === 0) problems.add('hold at least one tag', tags, 'leave it out for the default');
  for (const [i, tag] of (tags ?? []).entries()) {
    if (!containsVariable(tag)) validateTag(tag, problems.index(i), suffixLength);
  }
}

/** Validates a tag that has no variables. */
export function validateTag(tag: string, problems: Problems, suffixLength: number): void {
  problems.name(tag, { ...IMAGE_TAG, maxLength: IMAGE_TAG.maxLength - suffixLength }, 'choose another tag');
}

/** The image that is released, as what CodePipeline substitutes when an action starts. */
export interface ReleasedImage {
  /** URI, pinned to the digest. */
  readonly uri: string;
  readonly digest: string;
}
