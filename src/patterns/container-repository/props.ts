import type { aws_kms as kms } from 'aws-cdk-lib';

/** What a {@link ContainerRepository} is made of. Nothing is required. */
export interface ContainerRepositoryProps {
  /**
   * Name of the repository: lower-case letters and digits, with single `.`, `_`, `-` and `/` between them. Must be concrete. Changing it makes a new,
   * empty repository and leaves the old one behind. Services of other accounts need a name.
   *
   * @default - one that CloudFormation makes up
   */
  readonly repositoryName?: string;

  /**
   * The key that images are encrypted with. It cannot be changed later: a repository with another key is a new one. Whoever may pull needs no
   * permission
   * for it.
   *
   * @default - AES-256 with a key of S3, which costs nothing
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How many images with a tag are kept; the one pushed first goes first, from 10 to 10000. ECR does not know what runs: a service whose image is
   * gone
   * can start no task, and a rollback finds nothing to go back to. It must be more than what is pushed between two releases of the slowest
   * environment,
   * and the releases that you want to go back by. An image of two platforms counts as three.
   *
   * @default 1000
   */
  readonly keepImages?: number;

  /**
   * Accounts whose roles may pull images, if a policy of theirs allows it too: 12 digits each.
   *
   * @default - none besides the own one
   */
  readonly pullAccounts?: string[];

  /**
   * Functions of Lambda run images of the repository: those of its own account and of `pullAccounts`, in any region.
   *
   * @default false
   */
  readonly lambdaPull?: boolean;
}
