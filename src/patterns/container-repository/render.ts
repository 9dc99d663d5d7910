import { Aws, aws_ecr as ecr, aws_iam as iam, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { validatePolicySizes } from '../../render/validate-policy-sizes';
import type { Construct } from 'constructs';
import type { RepositoryPlan } from './plan';

/**
 * Actions that pull an image.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

/** Renders a repository that is retained when its stack is deleted. */
export function renderRepository(scope: Construct, plan: RepositoryPlan): ecr.Repository {
  const repository = new ecr.Repository(scope, 'Repository', {
    repositoryName: plan.name,
    imageScanOnPush: true,
    imageTagMutability: ecr.TagMutability.IMMUTABLE_WITH_EXCLUSION,
    imageTagMutabilityExclusionFilters: plan.movableTags.map((pattern) =>
      ecr.ImageTagMutabilityExclusionFilter.wildcard(pattern),
    ),
    encryption: plan.encryptionKey ? ecr.RepositoryEncryption.KMS : ecr.RepositoryEncryption.AES_256,
    encryptionKey: plan.encryptionKey,
    lifecycleRules: [
      {
        rulePriority: 1,
        description: 'Untagged images',
        tagStatus: ecr.TagStatus.UNTAGGED,
        maxImageAge: Duration.days(plan.untaggedDays),
      },
      {
        rulePriority: 2,
        description: 'Images beyond the number that is kept',
        tagStatus: ecr.TagStatus.TAGGED,
        tagPatternList: ['*'],
        maxImageCount: plan.keptImages,
      },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
  allowPull(repository, plan);
  validatePolicySizes(scope, 'pullAccounts', 'list fewer accounts, or replicate the repository to accounts that pull');
  return repository;
}

function allowPull(repository: ecr.Repository, { pullAccounts, lambdaPull }: RepositoryPlan): void {
  if (pullAccounts.length > 0) {
    repository.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'Pull',
        actions: PULL,
        principals: pullAccounts.map((account) => new iam.AccountPrincipal(account)),
      }),
    );
  }
  // Lambda pulls images with its service principal, also after a function was deployed.
  if (lambdaPull) {
    repository.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'PullByLambda',
        actions: PULL,
        principals: [new iam.ServicePrincipal('lambda.amazonaws.com')],
        conditions: { StringLike: { 'aws:sourceArn': [Aws.ACCOUNT_ID, ...pullAccounts].map(functionsOf) } },
      }),
    );
  }
}

/** Returns an ARN pattern for all functions of an account. */
function functionsOf(account: string): string {
  return `arn:${Aws.PARTITION}:lambda:*:${account}:function:*`;
}
