import { allow, arnOf } from './statement';

/** Pulling an image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const pullImageStatements = (repositoryArns: readonly unknown[]) =>
  repositoryArns.length === 0
    ? []
    : [
        registryTokenStatement(),
        allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'], repositoryArns),
      ];

/**
 * For a build that pulls copies of images of other registries, and has ECR fetch those that it has not: it imports them, into a repository that it
 * makes.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
 */
export const pullThroughStatements = (prefix: string) => {
  const below = arnOf('ecr', `repository/${prefix}/*`);
  return [...pullImageStatements([below]), allow(['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], [below])];
};

/** Pushing an image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html */
export const pushImageStatements = (repositoryArns: readonly string[]) =>
  repositoryArns.length === 0
    ? []
    : [
        registryTokenStatement(),
        allow(
          [
            'ecr:BatchCheckLayerAvailability',
            'ecr:BatchGetImage',
            'ecr:CompleteLayerUpload',
            'ecr:DescribeImages',
            'ecr:GetDownloadUrlForLayer',
            'ecr:InitiateLayerUpload',
            'ecr:PutImage',
            'ecr:UploadLayerPart',
          ],
          repositoryArns,
        ),
      ];

/** A token for the registry of the account; it has no resource level, and opens nothing by itself. */
const registryTokenStatement = () => allow(['ecr:GetAuthorizationToken'], ['*']);

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html */
export const publishImageStatements = (repositoryArn: string) => [
  registryTokenStatement(),
  allow(
    [
      'ecr:DescribeRepositories',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:PutImage',
      'ecr:GetDownloadUrlForLayer',
      'ecr:BatchCheckLayerAvailability',
    ],
    [repositoryArn],
  ),
];

/** For commands that describe an image. @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export const describeImagesStatements = (repositoryArn: string) => [allow(['ecr:DescribeImages'], [repositoryArn])];
