import type { ActionFixture } from '../actions';

function arn(service: string, resource: string) {
  return `arn:aws:${service}:eu-west-1:111111111111:${resource}`;
}

const DEPLOYMENT_ROLE = 'arn:aws:iam::111111111111:role/deployment';
const TEMPLATE = { StackName: 'shop', TemplatePath: 'Source::template.yaml' };

function stackAction(ActionMode: string, more: Readonly<Record<string, string>> = {}): ActionFixture {
  return { configuration: { ActionMode, RoleArn: DEPLOYMENT_ROLE, ...TEMPLATE, ...more } };
}

const BUILDS: readonly ActionFixture[] = [
  {
    configuration: { ProjectName: 'build', PrimarySource: 'Source' },
    inputs: ['Source', 'Commit', 'Hub'],
    outputs: ['Built'],
  },
  { configuration: { ProjectName: 'build', BatchEnabled: 'true' } },
];
// Rules and actions share their calls; only an action may have another role.
const ACTION_BUILDS: readonly ActionFixture[] = [
  ...BUILDS,
  { configuration: { ProjectName: 'build', ServiceRoleArnOverride: 'arn:aws:iam::111111111111:role/override' } },
];
const FUNCTION_NAME = { FunctionName: 'handler' };
const CODE_DEPLOY = { ApplicationName: 'shop', DeploymentGroupName: 'servers' };
const STACK_SET = { StackSetName: 'everywhere', CallAs: 'DELEGATED_ADMIN' };

/** A source that AWS no longer documents: it has no role. */
export const TOKEN_SOURCE: ActionFixture = { owner: 'ThirdParty', outputs: ['Tested'], more: { RoleArn: undefined } };

/** Lists actions of each provider that together use every option on which a call depends. */
export const FIXTURES: Readonly<Record<string, readonly ActionFixture[]>> = {
  'Source/CodeStarSourceConnection': [
    {
      configuration: {
        ConnectionArn: arn('codeconnections', 'connection/1'),
        FullRepositoryId: 'acme/shop',
        BranchName: 'main',
      },
      outputs: ['Tested'],
    },
  ],
  'Source/CodeCommit': [
    { configuration: { RepositoryName: 'shop', BranchName: 'main' }, outputs: ['Tested'] },
    {
      configuration: { RepositoryName: 'shop', BranchName: 'main', OutputArtifactFormat: 'CODEBUILD_CLONE_REF' },
      outputs: ['TestedClone'],
    },
  ],
  'Source/S3': [{ configuration: { S3Bucket: 'source', S3ObjectKey: 'app.zip' }, outputs: ['Tested'] }],
  'Source/ECR': [{ configuration: { RepositoryName: 'images' }, outputs: ['Tested'] }],

  'Build/CodeBuild': ACTION_BUILDS,
  'Test/CodeBuild': ACTION_BUILDS,
  'Compute/Commands': [
    {
      outputs: ['Out'],
      more: { Commands: ['make'], EnvironmentVariables: [{ Name: 'TOKEN', Value: 'token', Type: 'SECRETS_MANAGER' }] },
    },
  ],
  'Build/ECRBuildAndPublish': [
    { configuration: { ECRRepositoryName: 'images' } },
    { configuration: { ECRRepositoryName: 'images', RegistryType: 'public' } },
  ],
  'Test/DeviceFarm': [
    { configuration: { ProjectId: 'project', DevicePoolArn: arn('devicefarm', 'devicepool:project/pool') } },
  ],

  'Deploy/S3': [{ configuration: { BucketName: 'site', Extract: 'true', CannedACL: 'private' } }],
  'Deploy/CloudFormation': [
    stackAction('CREATE_UPDATE', { ParameterOverrides: '{"Code":{"Fn::GetArtifactAtt":["Source","ObjectKey"]}}' }),
    stackAction('REPLACE_ON_FAILURE'),
    stackAction('CHANGE_SET_REPLACE', { ChangeSetName: 'next' }),
    {
      configuration: { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'shop', ChangeSetName: 'next' },
      inputs: [],
      outputs: ['Outputs'],
    },
    stackAction('DELETE_ONLY'),
  ],
  'Deploy/CloudFormationStackSet': [
    {
      configuration: {
        ...STACK_SET,
        TemplatePath: 'Source::set.yaml',
        AdministrationRoleArn: 'arn:aws:iam::111111111111:role/administration',
      },
    },
  ],
  'Deploy/CloudFormationStackInstances': [
    { configuration: { ...STACK_SET, Regions: 'eu-west-1', DeploymentTargets: '333333333333' } },
  ],
  'Deploy/CodeDeploy': [{ configuration: CODE_DEPLOY }],
  'Deploy/CodeDeployToECS': [{ configuration: CODE_DEPLOY }],
  'Deploy/ECS': [{ configuration: { ClusterName: 'cluster', ServiceName: 'service' } }],
  'Deploy/ElasticBeanstalk': [{ configuration: { ApplicationName: 'shop', EnvironmentName: 'production' } }],
  'Deploy/EC2': [
    {
      configuration: {
        InstanceTagKey: 'role',
        InstanceTagValue: 'web',
        InstanceType: 'EC2',
        DeploySpec: 'spec.yaml',
        TargetGroupNameList: 'web',
      },
    },
  ],
  'Deploy/EKS': [
    {
      configuration: {
        ClusterName: 'cluster',
        ManifestFiles: 'shop.yaml',
        Subnets: 'subnet-1',
        SecurityGroupIds: 'sg-1',
      },
    },
  ],
  'Deploy/Lambda': [
    {
      configuration: {
        ...FUNCTION_NAME,
        FunctionAlias: 'live',
        DeployStrategy: 'Canary10Percent5Minutes',
        Alarms: 'errors',
      },
    },
  ],
  'Deploy/AppConfig': [
    {
      configuration: {
        Application: 'app',
        Environment: 'env',
        ConfigurationProfile: 'profile',
        DeploymentStrategy: 'strategy',
      },
    },
  ],
  'Deploy/ServiceCatalog': [
    { configuration: { ProductId: 'prod-1', TemplateFilePath: 'product.yaml', ProductVersionName: 'one' } },
  ],
  'Deploy/OpsWorks': [{ configuration: { Stack: 'stack', App: 'app' } }],

  'Invoke/Lambda': [{ configuration: FUNCTION_NAME, outputs: ['Answer'] }],
  'Invoke/StepFunctions': [
    {
      configuration: {
        StateMachineArn: arn('states', 'stateMachine:machine'),
        InputType: 'FilePath',
        Input: 'in.json',
      },
      outputs: ['Result'],
    },
  ],
  'Invoke/CodePipeline': [{ configuration: { PipelineName: 'other' }, inputs: [] }],
  'Invoke/InspectorScan': [
    { configuration: { InspectorRunMode: 'SourceCodeScan' }, outputs: ['Findings'] },
    {
      configuration: { InspectorRunMode: 'ECRImageScan', ECRRepositoryName: 'images', ImageTag: 'latest' },
      inputs: [],
      outputs: ['ImageFindings'],
    },
  ],
  'Approval/Manual': [{ configuration: { NotificationArn: arn('sns', 'approvals') }, inputs: [] }],

  'Rule/CloudWatchAlarm': [{ configuration: { AlarmName: 'errors', WaitTime: '5' }, inputs: [] }],
  'Rule/DeploymentWindow': [{ configuration: { Cron: '* * 9-17 ? * MON-FRI *' }, inputs: [] }],
  'Rule/LambdaInvoke': [{ configuration: FUNCTION_NAME }],
  'Rule/VariableCheck': [{ configuration: { Variable: 'a', Value: 'a', Operator: 'EQ' }, inputs: [] }],
  'Rule/CodeBuild': BUILDS.map(({ configuration, inputs }) => ({ configuration, inputs })),
  'Rule/Commands': [{ more: { Commands: ['./smoke.sh'] } }],
};

/**
 * A source and a deployment under a role of another account: what it reads and writes in the store is the same for all.
 */
export const ABROAD: Readonly<Record<string, readonly ActionFixture[]>> = {
  'Source/CodeCommit': [
    { configuration: { RepositoryName: 'shop', BranchName: 'main' }, outputs: ['Tested'], caller: 'abroad' },
  ],
  'Deploy/CloudFormation': [{ ...stackAction('CREATE_UPDATE'), outputs: ['Tested'], caller: 'abroad' }],
};
