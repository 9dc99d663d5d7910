import type { ActionProvider } from './action-providers';

const GUIDE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';

function between(min: number, max: number) {
  return { min, max };
}

const COMMON = { owner: 'AWS', version: '1', inputs: between(1, 1), outputs: between(0, 0), variables: [] } as const;
const DEPLOY = { ...COMMON, category: 'Deploy' } as const;

const STACK_SET_OPERATION = {
  FailureTolerancePercentage: false,
  MaxConcurrentPercentage: false,
  RegionConcurrencyType: false,
  ConcurrencyMode: false,
  CallAs: false,
} as const;

/**
 * Lists the action providers of AWS that the library does not render, so that the check supports them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
 */
export const OTHER_ACTION_PROVIDERS: readonly ActionProvider[] = [
  {
    ...COMMON,
    category: 'Source',
    owner: 'ThirdParty',
    provider: 'GitHub',
    inputs: between(0, 0),
    outputs: between(1, 1),
    configuration: { Owner: true, Repo: true, Branch: true, OAuthToken: true, PollForSourceChanges: false },
    variables: [
      'AuthorDate',
      'BranchName',
      'CommitId',
      'CommitMessage',
      'CommitterDate',
      'CommitUrl',
      'RepositoryName',
    ],
    safeVariables: ['AuthorDate', 'CommitId', 'CommitterDate', 'CommitUrl', 'RepositoryName'],
    see: `${GUIDE}/appendix-github-oauth.html`,
  },
  {
    ...DEPLOY,
    provider: 'S3',
    configuration: {
      BucketName: true,
      Extract: true,
      ObjectKey: false,
      KMSEncryptionKeyARN: false,
      CannedACL: false,
      CacheControl: false,
    },
    see: `${GUIDE}/action-reference-S3Deploy.html`,
  },
  {
    ...DEPLOY,
    provider: 'CloudFormationStackSet',
    inputs: between(1, 3),
    configuration: {
      StackSetName: true,
      TemplatePath: true,
      Description: false,
      Parameters: false,
      Capabilities: false,
      PermissionModel: false,
      AdministrationRoleArn: false,
      ExecutionRoleName: false,
      OrganizationsAutoDeployment: false,
      DeploymentTargets: false,
      Regions: false,
      ...STACK_SET_OPERATION,
    },
    variables: ['StackSetId', 'OperationId'],
    safeVariables: ['StackSetId', 'OperationId'],
    see: `${GUIDE}/action-reference-StackSets.html`,
  },
  {
    ...DEPLOY,
    provider: 'CloudFormationStackInstances',
    // The guide contains 0 to 2. The L2 of the AWS CDK accepts 3.
    inputs: between(0, 3),
    configuration: {
      StackSetName: true,
      DeploymentTargets: false,
      Regions: true,
      ParameterOverrides: false,
      ...STACK_SET_OPERATION,
    },
    variables: ['StackSetId', 'OperationId'],
    safeVariables: ['StackSetId', 'OperationId'],
    see: `${GUIDE}/action-reference-StackSets.html`,
  },
  {
    ...DEPLOY,
    provider: 'CodeDeploy',
    configuration: { ApplicationName: true, DeploymentGroupName: true },
    see: `${GUIDE}/action-reference-CodeDeploy.html`,
  },
  {
    ...DEPLOY,
    provider: 'ElasticBeanstalk',
    configuration: { ApplicationName: true, EnvironmentName: true },
    see: `${GUIDE}/action-reference-Beanstalk.html`,
  },
  {
    ...DEPLOY,
    provider: 'ServiceCatalog',
    configuration: {
      TemplateFilePath: false,
      ProductVersionName: false,
      ProductType: false,
      ProductId: true,
      ProductVersionDescription: false,
      ConfigurationFilePath: false,
    },
    see: `${GUIDE}/action-reference-ServiceCatalog.html`,
  },
  {
    ...DEPLOY,
    provider: 'EC2',
    configuration: {
      InstanceTagKey: true,
      InstanceTagValue: false,
      InstanceType: true,
      TargetDirectory: false,
      DeploySpec: false,
      MaxBatch: false,
      MaxError: false,
      TargetGroupNameList: false,
      PreScript: false,
      PostScript: false,
    },
    see: `${GUIDE}/action-reference-EC2Deploy.html`,
  },
  {
    ...DEPLOY,
    provider: 'Lambda',
    inputs: between(0, 1),
    configuration: {
      FunctionName: true,
      FunctionAlias: false,
      PublishedTargetVersion: false,
      DeployStrategy: false,
      Alarms: false,
    },
    variables: ['FunctionVersion'],
    safeVariables: ['FunctionVersion'],
    see: `${GUIDE}/action-reference-LambdaDeploy.html`,
  },
  {
    ...DEPLOY,
    provider: 'OpsWorks',
    outputs: between(0, 1),
    configuration: { App: true, Stack: true, Layer: false },
    see: 'https://docs.aws.amazon.com/opsworks/latest/userguide/stacks-eol-faqs.html',
  },
  {
    ...DEPLOY,
    owner: 'ThirdParty',
    provider: 'AlexaSkillsKit',
    inputs: between(1, 2),
    configuration: { ClientId: true, ClientSecret: true, RefreshToken: true, SkillId: true },
    see: `${GUIDE}/action-reference-AlexaSkills.html`,
  },
  {
    ...COMMON,
    category: 'Invoke',
    provider: 'CodePipeline',
    inputs: between(0, 0),
    configuration: { PipelineName: true, SourceRevisions: false, Variables: false },
    json: ['SourceRevisions', 'Variables'],
    see: `${GUIDE}/action-reference-PipelineInvoke.html`,
  },
];
