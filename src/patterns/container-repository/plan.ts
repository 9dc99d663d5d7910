import { Token } from 'aws-cdk-lib';
import type { ContainerRepositoryProps } from './props';
import { ACCOUNT_ID, KEPT_IMAGES, REPOSITORY_NAME } from '../../aws/limits';
import { checkName, checkRange, problem, type Problem } from '../../pipeline/problems';
import { duplicates } from '../../pipeline/duplicates';
import type { RepositoryPlan } from './repository-plan';

/** What `BuildStep.dockerImage` takes for its layers. */
const CACHE_TAGS = 'cache*';
/** Layers of a cache that was replaced, and what pushes leave behind that fail half-way. */
const UNTAGGED_DAYS = 7;
/** At 20 images a day these are those of 50 days. Most of their layers they have in common. */
const KEPT = 1000;

/** The repository with all its defaults. */
export const planRepository = ({
  repositoryName,
  encryptionKey,
  keepImages = KEPT,
  pullAccounts = [],
  lambdaPull = false,
}: ContainerRepositoryProps): RepositoryPlan => ({
  name: repositoryName,
  encryptionKey,
  movableTags: [CACHE_TAGS],
  untaggedDays: UNTAGGED_DAYS,
  keptImages: keepImages,
  pullAccounts,
  lambdaPull,
});

/** Everything that is wrong with a repository. */
export const checkRepository = ({ name, keptImages, pullAccounts }: RepositoryPlan): Problem[] => [
  ...(name === undefined ? [] : checkName('repositoryName', name, REPOSITORY_NAME, "choose a name such as 'acme/api'")),
  ...checkRange('keepImages', keptImages, KEPT_IMAGES, 'images'),
  ...pullAccounts.flatMap((account, i) =>
    Token.isUnresolved(account)
      ? []
      : checkName(`pullAccounts[${i}]`, account, ACCOUNT_ID, 'use the id of the account'),
  ),
  ...duplicates(pullAccounts).map((account) =>
    problem('pullAccounts', 'name every account once', account, 'remove one of them'),
  ),
];
