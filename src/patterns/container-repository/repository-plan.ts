import type { aws_kms as kms } from 'aws-cdk-lib';

/** A repository of images. */
export interface RepositoryPlan {
  readonly name?: string;
  /** A key of yours; otherwise AES-256 with one of S3. */
  readonly encryptionKey?: kms.IKey;
  /** Tags that may be moved, as patterns. All others stay where they are. */
  readonly movableTags: readonly string[];
  /** Days after which an image without a tag goes. */
  readonly untaggedDays: number;
  /** How many images with a tag stay. */
  readonly keptImages: number;
  /** Accounts that may pull. */
  readonly pullAccounts: readonly string[];
  /** Functions of these accounts, and of the own one, run images of it. */
  readonly lambdaPull: boolean;
}
