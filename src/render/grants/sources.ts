import { allow } from './statement';

/** @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html */
export const useConnectionStatements = (connectionArn: string) => [
  allow(['codeconnections:UseConnection', 'codestar-connections:UseConnection'], [connectionArn]),
];

/**
 * For the role of a build that clones a repository itself: this one and no other. The key is there when a repository is accessed, and
 * only then, which is why a request without it passes; the service has two names, and so has the key.
 *
 * The role of the pipeline has no such condition: AWS does not say how the repositories of each provider are written in the key, and what that
 * role may do is bound by the definition of the pipeline anyway.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html#permissions-reference-connections-use
 */
export const cloneStatements = (connectionArn: string, repository: string) => [
  allow(['codeconnections:UseConnection', 'codestar-connections:UseConnection'], [connectionArn], {
    StringEqualsIfExists: {
      'codeconnections:FullRepositoryId': repository,
      'codestar-connections:FullRepositoryId': repository,
    },
  }),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html */
export const codeCommitSourceStatements = (repositoryArn: string, fullClone: boolean) => [
  allow(
    [
      'codecommit:GetBranch',
      'codecommit:GetCommit',
      'codecommit:GetRepository',
      ...(fullClone ? [] : ['codecommit:UploadArchive', 'codecommit:GetUploadArchiveStatus']),
      'codecommit:CancelUploadArchive',
    ],
    [repositoryArn],
  ),
];

/** For the role of a build that clones a repository of CodeCommit itself. */
export const pullStatements = (repositoryArn: string) => [allow(['codecommit:GitPull'], [repositoryArn])];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html */
export const s3SourceStatements = (bucketArn: string, objectKey: string) => [
  allow(['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], [bucketArn]),
  allow(
    ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
    [`${bucketArn}/${objectKey}`],
  ),
];

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html */
export const ecrSourceStatements = (repositoryArn: string) => [allow(['ecr:DescribeImages'], [repositoryArn])];

/** For the role of a rule that sends events on. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html */
export const sendEventsStatements = (eventBusArn: string) => [allow(['events:PutEvents'], [eventBusArn])];
