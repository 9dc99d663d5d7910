import type { Resource, Template } from './template';

/** Identifies the version of the resources in {@link bootstrapTemplate}: the version of aws-cdk 2.1148. */
export const BOOTSTRAP_VERSION = '33';

/** Describes how an environment was bootstrapped. An assembly does not contain these options. */
export interface BootstrapOptions {
  /** E.g. `hnb659fds`, the default one. */
  readonly qualifier: string;
  /** `--trust`: the accounts that may deploy into the environment. */
  readonly trustedAccounts: readonly string[];
  /**
   * `--trust-for-lookup`: the accounts that may assume the lookup role, in addition to the trusted ones.
   *
   * @default - none
   */
  readonly trustedAccountsForLookup?: readonly string[];
  /**
   * `--cloudformation-execution-policies`: ARNs of the policies of the CloudFormation execution role. If the list is
   * empty, the role has all permissions, or none if other accounts are trusted.
   */
  readonly cloudFormationExecutionPolicies: readonly string[];
}

/**
 * Returns the resources that `cdk bootstrap` creates in an environment with its default options, so with the AWS
 * managed key for S3. The template has no parameters and conditions, and no properties that do not affect permissions,
 * such as lifecycle rules.
 */
export function bootstrapTemplate(options: BootstrapOptions): Template {
  const {
    qualifier,
    trustedAccounts: trusted,
    trustedAccountsForLookup = [],
    cloudFormationExecutionPolicies,
  } = options;

  function physicalName(name: string) {
    return { 'Fn::Sub': `cdk-${qualifier}-${name}-\${AWS::AccountId}-\${AWS::Region}` };
  }

  function role(name: string, trustStatements: object[], properties: object = {}): Resource {
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: physicalName(name),
        AssumeRolePolicyDocument: { Statement: trustStatements },
        // Policies of CDK Pipelines have a condition on this tag.
        Tags: [{ Key: 'aws-cdk:bootstrap-role', Value: name.replace(/-role$/, '') }],
        ...properties,
      },
    };
  }

  function rolePolicy(roleId: string, name: string, statements: object[]): Resource {
    return {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: physicalName(`${name}-default-policy`),
        Roles: [{ Ref: roleId }],
        PolicyDocument: document(statements),
      },
    };
  }

  return {
    Resources: {
      StagingBucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketName: physicalName('assets'),
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
          },
        },
      },
      StagingBucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'StagingBucket' },
          PolicyDocument: { Id: 'AccessControl', ...document([TLS_ONLY]) },
        },
      },
      ContainerAssetsRepository: {
        Type: 'AWS::ECR::Repository',
        Properties: { RepositoryName: physicalName('container-assets'), RepositoryPolicyText: document(IMAGE_READERS) },
      },
      FilePublishingRole: role('file-publishing-role', trust([], trusted)),
      FilePublishingRoleDefaultPolicy: rolePolicy('FilePublishingRole', 'file-publishing-role', WRITE_FILES),
      ImagePublishingRole: role('image-publishing-role', trust([], trusted)),
      ImagePublishingRoleDefaultPolicy: rolePolicy('ImagePublishingRole', 'image-publishing-role', WRITE_IMAGES),
      LookupRole: role('lookup-role', trust(trustedAccountsForLookup, trusted), {
        ManagedPolicyArns: [awsManagedPolicy('ReadOnlyAccess')],
        Policies: [{ PolicyName: 'LookupRolePolicy', PolicyDocument: document([NO_SECRETS]) }],
      }),
      DeploymentActionRole: role('deploy-role', trust([], trusted), {
        ManagedPolicyArns: [awsManagedPolicy('AWSCloudFormationReadOnlyAccess')],
        Policies: [{ PolicyName: 'default', PolicyDocument: document(DEPLOY) }],
      }),
      CloudFormationExecutionRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: physicalName('cfn-exec-role'),
          AssumeRolePolicyDocument: document([
            { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'cloudformation.amazonaws.com' } },
          ]),
          ...executionPolicies(cloudFormationExecutionPolicies, trusted),
        },
      },
      CdkBootstrapVersion: {
        Type: 'AWS::SSM::Parameter',
        Properties: { Type: 'String', Name: `/cdk-bootstrap/${qualifier}/version`, Value: BOOTSTRAP_VERSION },
      },
    },
  };
}

function sub(text: string) {
  return { 'Fn::Sub': text };
}

function awsManagedPolicy(policy: string) {
  return sub(`arn:\${AWS::Partition}:iam::aws:policy/${policy}`);
}

function document(Statement: object[]) {
  return { Version: '2012-10-17', Statement };
}

function allow(Action: readonly string[], Resource: unknown = '*', Condition?: object) {
  const statement = { Effect: 'Allow', Action, Resource };
  if (Condition === undefined) return statement;
  return { ...statement, Condition };
}

/**
 * Returns the trust statements for the role's own account and for each non-empty list of other accounts. Sessions with
 * an external ID are not trusted.
 */
function trust(...others: (readonly string[])[]) {
  return [{ Ref: 'AWS::AccountId' }, ...others.filter(({ length }) => length > 0)].flatMap((accounts) => [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: accounts },
      Condition: { Null: { 'sts:ExternalId': 'true' } },
    },
    { Effect: 'Allow', Action: 'sts:TagSession', Principal: { AWS: accounts } },
  ]);
}

function executionPolicies(policies: readonly string[], trusted: readonly string[]) {
  if (policies.length > 0) return { ManagedPolicyArns: policies };
  if (trusted.length > 0) return {};
  return { ManagedPolicyArns: [awsManagedPolicy('AdministratorAccess')] };
}

const STAGING_BUCKET = [sub('${StagingBucket.Arn}'), sub('${StagingBucket.Arn}/*')];
const USE_KEY = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];
const READ_OBJECTS = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];
const WRITE_OBJECTS = ['s3:Abort*', 's3:DeleteObject*', 's3:PutObject*'];
const READ_IMAGES = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

const TLS_ONLY = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: STAGING_BUCKET,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

/** Allows the services that run images to pull them for resources of the same account. */
const IMAGE_READERS = (
  [
    ['lambda', 'function:*', []],
    ['emr-serverless', '/applications/*', ['ecr:DescribeImages']],
  ] as const
).map(([service, resources, more]) => ({
  Effect: 'Allow',
  Principal: { Service: `${service}.amazonaws.com` },
  Action: [...READ_IMAGES, ...more],
  Condition: {
    StringLike: {
      'aws:sourceArn': sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resources}`),
    },
  },
}));

// The bucket has no customer managed key, so the key of the second statement does not exist.
const WRITE_FILES = [
  allow([...READ_OBJECTS, 's3:GetEncryptionConfiguration', ...WRITE_OBJECTS], STAGING_BUCKET, {
    StringEquals: { 'aws:ResourceAccount': [sub('${AWS::AccountId}')] },
  }),
  allow(USE_KEY, sub('arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/AWS_MANAGED_KEY')),
];

const WRITE_IMAGES = [
  allow(
    [
      ...READ_IMAGES,
      'ecr:PutImage',
      'ecr:InitiateLayerUpload',
      'ecr:UploadLayerPart',
      'ecr:CompleteLayerUpload',
      'ecr:BatchCheckLayerAvailability',
      'ecr:DescribeRepositories',
      'ecr:DescribeImages',
    ],
    sub('${ContainerAssetsRepository.Arn}'),
  ),
  allow(['ecr:GetAuthorizationToken']),
];

const NO_SECRETS = { Sid: 'DontReadSecrets', Effect: 'Deny', Action: ['kms:Decrypt'], Resource: '*' };

function cloudFormation(actions: readonly string[]) {
  return actions.map((action) => `cloudformation:${action}`);
}

/** Lists the statements of the role `deploy-role`. The role accesses the pipeline artifacts of other accounts. */
const DEPLOY = [
  {
    Sid: 'DeployPermissions',
    ...allow(
      cloudFormation([
        'CreateChangeSet',
        'DeleteChangeSet',
        'ExecuteChangeSet',
        'CreateStack',
        'UpdateStack',
        'RollbackStack',
        'ContinueUpdateRollback',
      ]),
    ),
  },
  {
    Sid: 'PipelineCrossAccountArtifactsBucket',
    ...allow([...READ_OBJECTS, ...WRITE_OBJECTS], '*', {
      StringNotEquals: { 's3:ResourceAccount': { Ref: 'AWS::AccountId' } },
    }),
  },
  {
    Sid: 'PipelineCrossAccountArtifactsKey',
    ...allow(USE_KEY, '*', { StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com') } }),
  },
  allow(['iam:PassRole'], sub('${CloudFormationExecutionRole.Arn}')),
  {
    Sid: 'CliPermissions',
    ...allow([...cloudFormation(['DeleteStack', 'UpdateTerminationProtection']), 'sts:GetCallerIdentity']),
  },
  { Sid: 'CliStagingBucket', ...allow(READ_OBJECTS, STAGING_BUCKET) },
  {
    Sid: 'ReadVersion',
    ...allow(
      ['ssm:GetParameter', 'ssm:GetParameters'],
      [sub('arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${CdkBootstrapVersion}')],
    ),
  },
  { Sid: 'Refactor', ...allow(cloudFormation(['CreateStackRefactor', 'ExecuteStackRefactor'])) },
];
