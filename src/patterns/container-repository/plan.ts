import { type aws_kms as kms, Token } from 'aws-cdk-lib';
import { ACCOUNT_ID, KEPT_IMAGES, REPOSITORY_NAME } from '../../aws/limits';
import type { Problems } from '../../pipeline/problems';
import { duplicates, ANY, FLAG, type OptionTypes, readOptions, resourceWith, TEXTS } from '../../pipeline/read-options';

/** What a {@link ContainerRepository} is made of. Nothing is required. */
export interface ContainerRepositoryProps {
  /**
   * Name of the repository: lower-case letters and digits, with single `.`, `_`, `-` and `/` between them. Must be
   * concrete. Changing it makes a new, empty repository and leaves the old one behind. Services of other accounts need
   * a name.
   *
   * @default - one that CloudFormation makes up
   */
  readonly repositoryName?: string;

  /**
   * The key that images are encrypted with. It cannot be changed later: a repository with another key is a new one.
   * Whoever may pull needs no permission for it.
   *
   * @default - AES-256 with a key of S3, which costs nothing
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How many images with a tag are kept; the one pushed first goes first, from 10 to 10000. ECR does not know what
   * runs: a service whose image is gone can start no task, and a rollback finds nothing to go back to. It must be more
   * than what is pushed between two releases of the slowest environment, and the releases that you want to go back by.
   * An image of two platforms counts as three.
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

/** Describes a repository of images, with all its defaults resolved. */
export interface RepositoryPlan {
  readonly name?: string;
  /** Key of the user; otherwise images are encrypted with AES-256 and a key of S3. */
  readonly encryptionKey?: kms.IKey;
  /** Tags that may be moved, as patterns. All others are immutable. */
  readonly movableTags: readonly string[];
  /** Days after which an image without a tag is deleted. */
  readonly untaggedDays: number;
  /** Number of images with a tag that are kept. */
  readonly keptImages: number;
  /** Accounts that may pull. */
  readonly pullAccounts: readonly string[];
  /** Whether functions of these accounts, and of the own one, run images of it. */
  readonly lambdaPull: boolean;
}

/** Tags that `BuildStep.dockerImage` writes its layers to. */
const CACHE_TAGS = 'cache*';
/** Days that layers of a replaced cache are kept, and what pushes leave that fail half-way. */
const UNTAGGED_DAYS = 7;
/** Images of 50 days at 20 images a day. They share most of their layers. */
const KEPT = 1000;

/** Plans a repository, and reports what is wrong with its props. */
export function planRepository(props: ContainerRepositoryProps, problems: Problems): RepositoryPlan {
  const options = readOptions(props, PROP_TYPES, problems);
  const { repositoryName, encryptionKey, keepImages = KEPT, pullAccounts = [], lambdaPull = false } = options;
  if (repositoryName !== undefined) {
    problems.at('repositoryName').name(repositoryName, REPOSITORY_NAME, "choose a name such as 'acme/api'");
  }
  problems.at('keepImages').range(keepImages, KEPT_IMAGES, 'images');
  validateAccounts(pullAccounts, problems.at('pullAccounts'));
  return {
    name: repositoryName,
    encryptionKey,
    movableTags: [CACHE_TAGS],
    untaggedDays: UNTAGGED_DAYS,
    keptImages: keepImages,
    pullAccounts,
    lambdaPull,
  };
}

const PROP_TYPES: OptionTypes<ContainerRepositoryProps> = {
  repositoryName: ANY, // validated as a name
  encryptionKey: resourceWith('keyArn', 'a key of KMS'),
  keepImages: ANY, // validated with its bounds
  pullAccounts: TEXTS,
  lambdaPull: FLAG,
};

function validateAccounts(accounts: readonly string[], problems: Problems): void {
  for (const [i, account] of accounts.entries()) {
    if (!Token.isUnresolved(account)) problems.index(i).name(account, ACCOUNT_ID, 'use the id of the account');
  }
  for (const account of duplicates(accounts)) {
    problems.add('name every account once', account, 'remove one of them');
  }
}
