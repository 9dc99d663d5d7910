import { type SampleTable, UG } from './types';

const ROLE_PAGE = `${UG}/how-to-custom-role.html`;
const CROSS_ACCOUNT = `${UG}/pipelines-create-cross-account.html`;
const S3_SOURCE = `${UG}/action-reference-S3.html`;
const CODEBUILD = `${UG}/action-reference-CodeBuild.html`;
const COMMANDS = `${UG}/action-reference-Commands.html`;
const PUBLISH = `${UG}/action-reference-ECRBuildAndPublish.html`;
const KEY_USE = ['kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:Decrypt'];
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

const CODEBUILD_ACTION = [
  {
    actions: [
      'codebuild:BatchGetBuilds',
      'codebuild:StartBuild',
      'codebuild:BatchGetBuildBatches',
      'codebuild:StartBuildBatch',
    ],
    on: 'project',
    source: CODEBUILD,
    confirmed: true,
  },
  { actions: ['iam:PassRole'], on: 'role', passedTo: 'codebuild.amazonaws.com', source: CODEBUILD, confirmed: true },
];

/** The artifact store, and the providers of the categories Source, Build, Compute and Test. */
export const PIPELINE_SOURCES_BUILDS: SampleTable = {
  Pipeline: [
    {
      actions: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'],
      on: 'bucket',
      source: ROLE_PAGE,
      confirmed: true,
    },
    {
      actions: [
        's3:PutObject',
        's3:PutObjectAcl',
        's3:GetObject',
        's3:GetObjectVersion',
        's3:PutObjectTagging',
        's3:GetObjectTagging',
        's3:GetObjectVersionTagging',
      ],
      on: 'object',
      source: ROLE_PAGE,
      confirmed: true,
    },
    { actions: ['sts:AssumeRole'], on: 'role', source: CROSS_ACCOUNT, confirmed: true },
    { actions: KEY_USE, on: 'key', source: CROSS_ACCOUNT, confirmed: false },
  ],
  // The action role of another account, on the artifact bucket and key of the pipeline's account.
  'Pipeline/CrossAccountActionRole': [
    {
      actions: ['s3:GetObject*', 's3:PutObject', 's3:PutObjectAcl'],
      on: 'object',
      source: CROSS_ACCOUNT,
      confirmed: true,
    },
    { actions: KEY_USE, on: 'key', source: CROSS_ACCOUNT, confirmed: false },
  ],
  // The EC2 instances of another account that CodeDeploy deploys to.
  'Pipeline/CrossAccountInstanceRole': [
    { actions: ['s3:Get*'], on: 'object', source: CROSS_ACCOUNT, confirmed: true },
    { actions: ['s3:ListBucket'], on: 'bucket', source: CROSS_ACCOUNT, confirmed: true },
    { actions: KEY_USE, on: 'key', source: CROSS_ACCOUNT, confirmed: true },
  ],

  'Source/CodeStarSourceConnection': [
    {
      actions: ['codeconnections:UseConnection', 'codestar-connections:UseConnection'],
      on: 'connection',
      source: `${UG}/action-reference-CodestarConnectionSource.html`,
      confirmed: true,
    },
  ],
  'Source/CodeCommit': [
    {
      actions: [
        'codecommit:CancelUploadArchive',
        'codecommit:GetBranch',
        'codecommit:GetCommit',
        'codecommit:GetRepository',
        'codecommit:GetUploadArchiveStatus',
        'codecommit:UploadArchive',
      ],
      on: 'repository',
      source: `${UG}/action-reference-CodeCommit.html`,
      confirmed: true,
    },
  ],
  'Source/S3': [
    {
      actions: [
        's3:GetObject',
        's3:GetObjectVersion',
        's3:GetBucketVersioning',
        's3:GetBucketAcl',
        's3:GetBucketLocation',
        's3:GetObjectTagging',
        's3:GetObjectVersionTagging',
      ],
      on: 'bucket|object',
      source: S3_SOURCE,
      confirmed: true,
    },
  ],
  'Source/ECR': [
    { actions: ['ecr:DescribeImages'], on: 'repository', source: `${UG}/action-reference-ECR.html`, confirmed: true },
  ],

  'Build/CodeBuild': CODEBUILD_ACTION,
  'Test/CodeBuild': CODEBUILD_ACTION,
  'Compute/Commands': [
    { actions: LOGS, on: 'log-group|log-group:*', source: COMMANDS, confirmed: true },
    { actions: ['secretsmanager:GetSecretValue'], on: 'secret', source: COMMANDS, confirmed: true },
  ],
  'Build/ECRBuildAndPublish': [
    {
      actions: [
        'ecr:DescribeRepositories',
        'ecr:GetAuthorizationToken',
        'ecr-public:DescribeRepositories',
        'ecr-public:GetAuthorizationToken',
      ],
      on: '*',
      source: PUBLISH,
      confirmed: true,
    },
    {
      actions: [
        'ecr:GetAuthorizationToken',
        'ecr:InitiateLayerUpload',
        'ecr:UploadLayerPart',
        'ecr:CompleteLayerUpload',
        'ecr:PutImage',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchCheckLayerAvailability',
      ],
      on: 'repository',
      source: PUBLISH,
      confirmed: true,
    },
    {
      actions: [
        'ecr-public:GetAuthorizationToken',
        'ecr-public:DescribeRepositories',
        'ecr-public:InitiateLayerUpload',
        'ecr-public:UploadLayerPart',
        'ecr-public:CompleteLayerUpload',
        'ecr-public:PutImage',
        'ecr-public:BatchCheckLayerAvailability',
        'sts:GetServiceBearerToken',
      ],
      on: 'public repository',
      source: PUBLISH,
      confirmed: true,
    },
    { actions: ['sts:GetServiceBearerToken'], on: '*', source: PUBLISH, confirmed: true },
    { actions: LOGS, on: 'log-group', source: PUBLISH, confirmed: true },
  ],
  'Test/DeviceFarm': [
    {
      actions: [
        'devicefarm:ListProjects',
        'devicefarm:ListDevicePools',
        'devicefarm:GetRun',
        'devicefarm:GetUpload',
        'devicefarm:CreateUpload',
        'devicefarm:ScheduleRun',
      ],
      on: 'unstated',
      source: `${UG}/action-reference-DeviceFarm.html`,
      confirmed: true,
    },
  ],
};
