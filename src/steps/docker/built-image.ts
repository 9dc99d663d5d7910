import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { Architecture } from '../../aws/builds';

/** What a step has pushed, for the steps after it. Texts may hold variables. */
export interface BuiltImage {
  /** Name of the step that pushes. */
  readonly step: string;
  /** Name of the artifact that holds `imageDetail.json`. */
  readonly artifact: string;
  readonly repository: ecr.IRepository;
  /** The first tag. */
  readonly tag: string;
  /** What its tags are, as far as it shows: those of two images in one repository must differ. */
  readonly tags: readonly string[];
  /** The digest; that of the index, where there is one. */
  readonly digest: string;
  /** The images themselves: one, or one for each platform, named by the end of its tag. */
  readonly parts: ReadonlyArray<{ readonly name?: string; readonly architecture: Architecture; readonly tag: string }>;
}
