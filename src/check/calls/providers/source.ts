import { page } from './docs-url';
import { equals } from '../../../assembly/match';
import { OPTIONAL_READ, useKey } from '../artifacts';
import { REPOSITORY } from '../builds/project-calls';
import type { ActionContext, ProviderCalls, Row } from '../call';
import { callOf, configured } from '../call';
import { connectionCall, repositoryContext } from '../connection';

const OBJECT = 'arn:{partition}:s3:::{S3Bucket}/{S3ObjectKey}';

function isClone({ action }: ActionContext) {
  return action.configuration.OutputArtifactFormat === 'CODEBUILD_CLONE_REF';
}

const CDK_ISSUES = 'https://github.com/aws/aws-cdk/issues';
/** The report and its fix in aws-cdk-lib do not name the call, and aws-cdk-lib grants both. */
const UNNAMED = 'a report of a denial for a repository in another account does not name the call';

function isCrossAccount({ account, pipeline }: ActionContext) {
  return equals(account, pipeline.stack.account) === 'no';
}

/** Denials were reported for sources with a connection, and adding the permission resolved them (aws-cdk 13637). */
const connectionAcl: readonly Row[] = [
  {
    call: 's3:PutObjectAcl',
    on: '{store}/{run}',
    step: 'write',
    basis: 'reported',
    source: `${CDK_ISSUES}/13557`,
  },
];
/** Denials were reported for repositories in another account. PutObjectAcl resolved them (aws-cdk 14260). */
const repositoryAcl: readonly Row[] = [
  {
    call: 's3:PutObjectAcl',
    on: '{store}/{run}',
    step: 'write',
    basis: 'reported',
    source: `${CDK_ISSUES}/14156`,
    when: isCrossAccount,
  },
  {
    call: 's3:PutObjectVersionAcl',
    on: '{store}/{run}',
    step: 'write',
    basis: 'inferred',
    when: isCrossAccount,
    uncertainty: UNNAMED,
  },
];

export const SOURCE: Readonly<Record<string, ProviderCalls>> = {
  'Source/CodeStarSourceConnection': {
    source: page('CodestarConnectionSource'),
    writes: true,
    rows: connectionAcl,
    more: (context) => {
      const connection = configured(context, 'ConnectionArn') ?? '';
      return [
        connectionCall(connection, (call, more) =>
          callOf(context, call, connection, { context: repositoryContext(context), ...more }),
        ),
      ];
    },
  },
  'Source/CodeCommit': {
    source: page('CodeCommit'),
    writes: true,
    rows: [
      ...repositoryAcl,
      {
        call: 's3:ListBucket',
        on: '{store}',
        step: 'write',
        basis: 'inferred',
        uncertainty: 'AWS documents denials without it, but does not list it among the required permissions',
      },
      {
        call: [
          'codecommit:GetBranch',
          'codecommit:GetCommit',
          'codecommit:UploadArchive',
          'codecommit:GetUploadArchiveStatus',
        ],
        on: REPOSITORY,
        when: (context) => !isClone(context),
      },
      {
        call: ['codecommit:GetBranch', 'codecommit:GetCommit', 'codecommit:GetRepository'],
        on: REPOSITORY,
        when: isClone,
      },
      {
        call: 'codecommit:CancelUploadArchive',
        on: REPOSITORY,
        basis: 'inferred',
        uncertainty: 'only stopping an execution requires it',
      },
      {
        call: 'codecommit:GetRepository',
        on: REPOSITORY,
        basis: 'inferred',
        when: (context) => !isClone(context),
        notRequired: 'AWS lists it for full clones, and the action creates an archive',
      },
    ],
  },
  'Source/S3': {
    source: page('S3'),
    writes: true,
    rows: [
      { call: ['s3:GetObject', 's3:GetObjectVersion'], on: OBJECT, step: 'read' },
      {
        call: ['s3:GetObjectTagging', 's3:GetObjectVersionTagging'],
        on: OBJECT,
        step: 'read',
        basis: 'inferred',
        uncertainty: 'only objects with tags require it',
      },
      {
        call: ['s3:PutObjectTagging', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
        on: '{store}/{run}',
        step: 'write',
        basis: 'inferred',
        uncertainty: 'only objects with tags require it',
      },
      { call: 's3:GetBucketVersioning', on: 'arn:{partition}:s3:::{S3Bucket}', step: 'read' },
      {
        call: ['s3:GetBucketAcl', 's3:GetBucketLocation'],
        on: 'arn:{partition}:s3:::{S3Bucket}',
        step: 'read',
        basis: 'inferred',
        notRequired: OPTIONAL_READ,
      },
    ],
    more: (context) => {
      const key = context.model.bucketKey(
        `arn:${context.pipeline.stack.partition}:s3:::${context.action.configuration.S3Bucket}`,
      );
      if (key === undefined) return [];
      const common = { caller: { role: context.role }, from: context.pipeline.stack };
      return useKey(common, 'read', ['kms:Decrypt'], key);
    },
  },
  'Source/ECR': {
    source: page('ECR'),
    writes: true,
    rows: [{ call: 'ecr:DescribeImages', on: 'arn:{partition}:ecr:{region}:{account}:repository/{RepositoryName}' }],
  },
  // The action authenticates with a token, and CodePipeline fetches the source. The role writes the artifact: missing
  // S3 permissions were reported to cause a failure (also awslabs/aws-refarch-cross-account-pipeline 7).
  'Source/GitHub': {
    source: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/appendix-github-oauth.html',
    writes: true,
    artifacts: {
      basis: 'reported',
      source: 'https://github.com/awslabs/aws-refarch-cross-account-pipeline/issues/12',
    },
  },
};
