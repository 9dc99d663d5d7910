import { type Defect, guide, issue } from './template';

const DEPLOYS = 'deploys';
const INVOKES = 'invokes';
const STACKS = 'cloudformation';
const SITE = 'same-account-key';
const CLONE = 'full-clone';
const CROSS = 'cross-both';
const CDK = 'aws/aws-cdk';
const TERRAFORM = 'hashicorp/terraform-provider-aws';
const NAMES = issue('nordcloud/aws-codepipeline-cfn-provider', 3);

/** Mistakes in templates of the constructs of aws-codepipeline. */
export const L2_DEFECTS: readonly Defect[] = [
  {
    name: 'an image of ECR as input of a rolling deployment',
    source: 'https://newbe.dev/codepipeline-ecr-source-ecs-deploy-configuration',
    base: DEPLOYS,
    plant: (assembly) => {
      assembly.stage('Source').Actions.push({
        Name: 'Image',
        ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'ECR', Version: '1' },
        Configuration: { RepositoryName: 'shop' },
        OutputArtifacts: [{ Name: 'Image' }],
      });
      assembly.action('Ecs').InputArtifacts = [{ Name: 'Image' }];
    },
    rule: 'ImageDefinitionsFile',
  },
  {
    name: 'a service of CodeDeploy in the action for rolling deployments',
    source: guide('action-reference-ECS'),
    base: DEPLOYS,
    plant: (assembly) =>
      (assembly.resource('AWS::ECS::Service', 'Rolled').DeploymentController = { Type: 'CODE_DEPLOY' }),
    rule: 'EcsServiceController',
  },
  {
    name: 'the application of servers in the action for containers',
    source: guide('action-reference-ECSbluegreen'),
    base: DEPLOYS,
    plant: (assembly) => (assembly.resource('AWS::CodeDeploy::Application', 'EcsGroup').ComputePlatform = 'Server'),
    rule: 'BlueGreenPlatform',
  },
  {
    name: 'a deployment configuration for functions',
    source: 'https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html',
    base: DEPLOYS,
    plant: (assembly) =>
      (assembly.resource('AWS::CodeDeploy::DeploymentGroup', 'EcsGroup').DeploymentConfigName =
        'CodeDeployDefault.LambdaCanary10Percent5Minutes'),
    rule: 'DeploymentConfigurationPlatform',
  },
  {
    name: 'a task definition in an artifact that is not an input',
    source: guide('troubleshooting'),
    base: DEPLOYS,
    plant: (assembly) => (assembly.action('CodeDeployEcs').Configuration.TaskDefinitionTemplateArtifact = 'Definition'),
    rule: 'TaskDefinitionInput',
  },
  {
    name: 'an EC2 deployment without a script',
    source: guide('action-reference-EC2Deploy'),
    base: DEPLOYS,
    plant: (assembly) => delete assembly.action('Ec2').Configuration.PostScript,
    rule: 'Ec2Deployment',
  },
  {
    name: 'an EC2 deployment of a V1 pipeline',
    source: guide('pipeline-types-planning'),
    base: DEPLOYS,
    plant: ({ pipeline }) => (pipeline.PipelineType = 'V1'),
    rule: 'ProviderNeedsV2',
  },
  {
    name: 'a zip file without a key',
    source: guide('action-reference-S3Deploy'),
    base: DEPLOYS,
    plant: (assembly) => (assembly.action('Bucket').Configuration.Extract = 'false'),
    rule: 'ExtractObjectKey',
  },
  {
    name: 'a public ACL for a bucket without ACLs',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html',
    base: DEPLOYS,
    plant: (assembly) => {
      assembly.action('Bucket').Configuration.CannedACL = 'public-read';
      assembly.resource('AWS::S3::Bucket', 'KeyedTarget').OwnershipControls = {
        Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
      };
    },
    rule: 'DeployBucketAcl',
  },
  {
    name: 'an application of OpsWorks',
    source: 'https://docs.aws.amazon.com/opsworks/latest/userguide/stacks-eol-faqs.html',
    base: DEPLOYS,
    plant: (assembly) => {
      const action = assembly.action('Beanstalk');
      action.ActionTypeId.Provider = 'OpsWorks';
      action.Configuration = { App: 'a', Stack: 's' };
    },
    rule: 'ProviderRetired',
  },
  {
    name: 'version 2 of an action type',
    source: guide('action-reference-CodestarConnectionSource'),
    base: DEPLOYS,
    plant: (assembly) => (assembly.action('GitHub').ActionTypeId.Version = '2'),
    rule: 'ActionVersion',
  },
  {
    name: 'an input artifact that no action creates',
    source: guide('action-requirements'),
    base: DEPLOYS,
    plant: (assembly) => (assembly.action('Catalog').InputArtifacts[0].Name = 'SourceArtifact'),
    rule: 'ArtifactUndefined',
  },
  {
    name: 'the name of a role for its ARN',
    source: guide('pipeline-requirements'),
    base: DEPLOYS,
    plant: ({ pipeline }) => (pipeline.RoleArn = { Ref: pipeline.RoleArn['Fn::GetAtt'][0] }),
    rule: 'RoleArn',
  },
  {
    name: 'the ARN of the artifact bucket for its name',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_ArtifactStore.html',
    base: DEPLOYS,
    plant: ({ pipeline }) => {
      const { Ref } = pipeline.ArtifactStore.Location;
      pipeline.ArtifactStore.Location = { 'Fn::GetAtt': [Ref, 'Arn'] };
    },
    rule: 'BucketName',
  },
  {
    name: 'a build without an input artifact',
    source: issue('aws-cloudformation/cfn-lint', 29),
    base: SITE,
    plant: (assembly) => delete assembly.action('Build').InputArtifacts,
    rule: 'InputArtifactCount',
  },
  {
    name: 'an artifact of two actions',
    source: guide('action-requirements'),
    base: SITE,
    plant: (assembly) => (assembly.action('Build').OutputArtifacts[0].Name = 'Source'),
    rule: 'ArtifactProducedOnce',
  },
  {
    name: 'an approval in the stage of the sources',
    source: issue('aws-cloudformation/cfn-lint', 29),
    base: SITE,
    plant: (assembly) => {
      const { Actions } = assembly.stage('Deploy');
      assembly.stage('Source').Actions.push(Actions.shift());
    },
    rule: 'FirstStageSources',
  },
  {
    name: 'a deployment to a bucket beside the build',
    source: guide('action-requirements'),
    base: SITE,
    plant: (assembly) => {
      const site = assembly.stage('Deploy').Actions.pop();
      assembly.stage('Build').Actions.push({ ...site, RunOrder: 1 });
    },
    rule: 'ArtifactOrder',
  },
  {
    name: 'an approval with the name of its topic',
    source: guide('approvals'),
    base: SITE,
    plant: (assembly) => {
      const { NotificationArn } = assembly.action('Approve').Configuration;
      assembly.action('Approve').Configuration.NotificationArn = { 'Fn::GetAtt': [NotificationArn.Ref, 'TopicName'] };
    },
    rule: 'ConfigurationArn',
  },
  {
    name: 'a topic of another Region',
    source: guide('approvals'),
    base: SITE,
    plant: (assembly) =>
      (assembly.action('Approve').Configuration.NotificationArn = 'arn:aws:sns:us-east-1:111111111111:approvals'),
    rule: 'ApprovalTopicRegion',
  },
  {
    name: 'no artifacts in the buildspec, although a deployment reads them',
    source: issue('aws/aws-codebuild-docker-images', 128),
    base: SITE,
    plant: (assembly) => assembly.buildSpec('Project', (spec) => delete spec.artifacts),
    rule: 'BuildSpecOutput',
  },
  {
    name: 'a site in a bucket of another Region',
    source: issue(CDK, 7012),
    base: CROSS,
    plant: (assembly) => delete assembly.action('Site').Region,
    rule: 'ActionResourceRegion',
  },
  {
    name: 'a Region with a typing error',
    source: guide('actions-create-cross-region'),
    base: CROSS,
    plant: (assembly) => (assembly.action('Notify').Region = 'us-esat-1'),
    rule: 'RegionOfCodePipeline',
  },
  {
    name: 'a key of another account by its ID',
    source: guide('pipelines-create-cross-account'),
    base: CROSS,
    plant: ({ pipeline }) =>
      (pipeline.ArtifactStores[0].ArtifactStore.EncryptionKey.Id = '12345678-1234-1234-1234-123456789012'),
    rule: 'CrossAccountKeyArn',
  },
  {
    name: 'one store and a list of stores',
    source: guide('pipeline-requirements'),
    base: CROSS,
    plant: ({ pipeline }) => (pipeline.ArtifactStore = pipeline.ArtifactStores[1].ArtifactStore),
    rule: 'ArtifactStore',
  },
  {
    name: 'the keys of another tool',
    source: NAMES,
    base: STACKS,
    plant: (assembly) => {
      const { Configuration } = assembly.action('Deploy');
      Configuration.ParameterOverride = Configuration.ParameterOverrides;
      delete Configuration.ParameterOverrides;
    },
    rule: 'ConfigurationKeyMisspelt',
  },
  {
    name: 'a mode that does not exist',
    source: NAMES,
    base: STACKS,
    plant: (assembly) => (assembly.action('Deploy').Configuration.ActionMode = 'CREATE_OR_UPDATE'),
    rule: 'ConfigurationValue',
  },
  {
    name: 'no role of CloudFormation',
    source: issue(TERRAFORM, 13121),
    base: STACKS,
    plant: (assembly) => delete assembly.action('Prepare').Configuration.RoleArn,
    rule: 'CloudFormationModeKeys',
  },
  {
    name: 'parameters that are no JSON',
    source: guide('action-reference-CloudFormation'),
    base: STACKS,
    plant: (assembly) => (assembly.action('Deploy').Configuration.ParameterOverrides = "{'Mode': 'prod'}"),
    rule: 'ConfigurationJson',
  },
  {
    name: 'parameters as an object',
    source: issue('awsdocs/aws-cloudformation-user-guide', 380),
    base: STACKS,
    plant: (assembly) => (assembly.action('Deploy').Configuration.ParameterOverrides = { Mode: 'prod' }),
    rule: 'ConfigurationValueType',
  },
  {
    name: 'capabilities with a blank',
    source: issue('aws-actions/aws-cloudformation-github-deploy', 93),
    base: STACKS,
    plant: (assembly) => (assembly.action('Deploy').Configuration.Capabilities = 'CAPABILITY_IAM CAPABILITY_NAMED_IAM'),
    rule: 'ConfigurationValue',
  },
  {
    name: 'stack instances without Regions',
    source: guide('action-reference-StackSets'),
    base: STACKS,
    plant: (assembly) => delete assembly.action('Set').Configuration.Regions,
    rule: 'StackSetTargets',
  },
  {
    name: 'a state machine that reads a file without an artifact',
    source: guide('action-reference-StepFunctions'),
    base: INVOKES,
    plant: (assembly) => (assembly.action('Machine').Configuration.InputType = 'FilePath'),
    rule: 'StateMachineInput',
  },
  {
    name: 'the output of an Express state machine',
    source: guide('action-reference-StepFunctions'),
    base: INVOKES,
    plant: (assembly) => (assembly.resource('AWS::StepFunctions::StateMachine').StateMachineType = 'EXPRESS'),
    rule: 'StateMachineOutput',
  },
  {
    name: 'variables for another pipeline as an object',
    source: guide('action-reference-PipelineInvoke'),
    base: INVOKES,
    plant: (assembly) => (assembly.action('Pipeline').Configuration.Variables = '{"Tag":"latest"}'),
    rule: 'InvokedPipelineValues',
  },
  {
    name: 'a scan of source code without source code',
    source: guide('action-reference-InspectorScan'),
    base: INVOKES,
    plant: (assembly) => delete assembly.action('Code').InputArtifacts,
    rule: 'ScanInput',
  },
  {
    name: 'commands of several lines',
    source: guide('action-reference-Commands'),
    base: INVOKES,
    plant: (assembly) => (assembly.action('Commands').Commands = ['npm ci\nnpm run build']),
    rule: 'CommandText',
  },
  {
    name: 'a parameter of Parameter Store in a Commands action',
    source: guide('action-reference-Commands'),
    base: INVOKES,
    plant: (assembly) =>
      (assembly.action('Commands').EnvironmentVariables = [
        { Name: 'TOKEN', Type: 'PARAMETER_STORE', Value: '/shop/token' },
      ]),
    rule: 'ActionVariableType',
  },
  {
    name: 'the category Build for commands',
    source: guide('action-reference-Commands'),
    base: INVOKES,
    plant: (assembly) => (assembly.action('Commands').ActionTypeId.Category = 'Build'),
    rule: 'ActionProvider',
  },
  {
    name: 'a source in JSON for a function',
    source: issue(CDK, 31213),
    base: INVOKES,
    plant: (assembly) => {
      assembly.action('GitHub').Namespace = 'Git';
      assembly.action('Lambda').Configuration.UserParameters = '{"message":"#{Git.CommitMessage}"}';
    },
    rule: 'VariableFreeText',
  },
  {
    name: 'a function that may not answer',
    source: issue(CDK, 3332),
    base: INVOKES,
    plant: (assembly) =>
      (assembly.resource('AWS::IAM::Policy', 'HandlerServiceRole').PolicyDocument.Statement = [
        { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' },
      ]),
    rule: 'AccessDenied',
  },
  {
    name: 'a second input that is not the primary source',
    source: guide('action-reference-CodeBuild'),
    base: CLONE,
    plant: (assembly) => (assembly.action('Build').Configuration.PrimarySource = 'Source'),
    rule: 'PrimarySourceInput',
  },
];
