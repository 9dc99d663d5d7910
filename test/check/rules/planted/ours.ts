import { type Defect, guide, issue } from './template';

const STACKS = 'delivery: two stacks';
const GATES = 'delivery: steps: gates everywhere';
const TRIGGERS = 'delivery: changes and times';
const SOURCES = 'delivery: several sources';
const VARIABLES = 'delivery: queued, with variables, restarting';
const BLUE_GREEN = 'container: CodeDeploy: a canary of its own, with all that may be said';
const ROLLING = 'container: a service that rolls';
const CDK = 'aws/aws-cdk';
const TERRAFORM = 'hashicorp/terraform-provider-aws';

/** Mistakes in templates of this library, as editing by hand or an escape hatch makes them. */
export const OUR_DEFECTS: readonly Defect[] = [
  {
    name: 'a trigger with tags and branches in one filter',
    source: issue(TERRAFORM, 43105),
    base: TRIGGERS,
    plant: ({ pipeline }) => {
      pipeline.Triggers[0].GitConfiguration.Push[0].Tags = { Includes: ['*hotfix*'] };
    },
    rule: 'TriggerFilterShape',
  },
  {
    name: 'a trigger of a V1 pipeline',
    source: issue(TERRAFORM, 41214),
    base: TRIGGERS,
    plant: ({ pipeline }) => (pipeline.PipelineType = 'V1'),
    rule: 'TriggersNeedV2',
  },
  {
    name: 'a trigger that names a renamed source',
    source: guide('pipelines-filter'),
    base: TRIGGERS,
    plant: (assembly) => (assembly.action('Source').Name = 'GitHub'),
    rule: 'TriggerSource',
  },
  {
    name: 'a trigger with the provider of a sample',
    source: guide('pipeline-requirements'),
    base: TRIGGERS,
    plant: ({ pipeline }) => (pipeline.Triggers[0].ProviderType = 'Connection'),
    rule: 'TriggerProvider',
  },
  {
    name: 'a trigger with the event OPENED',
    source: guide('pipelines-filter'),
    base: TRIGGERS,
    plant: ({ pipeline }) => {
      pipeline.Triggers[0].GitConfiguration.PullRequest = [{ Events: ['OPENED'], Branches: { Includes: ['main'] } }];
    },
    rule: 'TriggerEvents',
  },
  {
    name: 'a tag of a push in a pipeline that branches start, too',
    source: guide('reference-variables'),
    base: TRIGGERS,
    plant: (assembly) =>
      (assembly.action('Build').Configuration.EnvironmentVariables = '[{"name":"T","value":"#{Source-vars.TagName}"}]'),
    rule: 'VariableOfTrigger',
  },
  {
    name: 'a namespace with a dot',
    source: issue('awslabs/cloudfront-hosting-toolkit', 12),
    base: STACKS,
    plant: (assembly) => (assembly.action('Build').Namespace = 'acme.build'),
    rule: 'Namespace',
  },
  {
    name: 'a namespace that occurs twice',
    source: issue(CDK, 6111),
    base: STACKS,
    plant: (assembly) => (assembly.action('Build').Namespace = 'Source-vars'),
    rule: 'NamespaceUnique',
  },
  {
    name: 'a variable of a namespace that no action has',
    source: issue(TERRAFORM, 12176),
    base: STACKS,
    plant: (assembly) => delete assembly.action('Source').Namespace,
    rule: 'VariableNamespaceUndefined',
  },
  {
    name: 'a change set without its name',
    source: issue(TERRAFORM, 13121),
    base: STACKS,
    plant: (assembly) => delete assembly.action('Prepare-staging').Configuration.ChangeSetName,
    rule: 'CloudFormationModeKeys',
  },
  {
    name: 'a template in an artifact that the action does not read',
    source: issue('aws-cloudformation/cfn-lint', 405),
    base: STACKS,
    plant: (assembly) => (assembly.action('Prepare-production').Configuration.TemplatePath = 'Source::template.yaml'),
    rule: 'TemplateArtifact',
  },
  {
    name: 'parameters in the form of the API',
    source: issue('aws/aws-cli', 6907),
    base: STACKS,
    plant: (assembly) =>
      (assembly.action('Prepare-production').Configuration.ParameterOverrides = '["Parameters", {"Stage": "test"}]'),
    rule: 'ParameterOverridesForm',
  },
  {
    name: 'a retry that executes the change set again',
    source: issue(CDK, 21677),
    base: STACKS,
    plant: (assembly) =>
      (assembly.stage('staging').OnFailure = {
        Result: 'RETRY',
        RetryConfiguration: { RetryMode: 'FAILED_ACTIONS' },
      }),
    rule: 'RetryOfChangeSet',
  },
  {
    name: 'an execution beside its preparation',
    source: guide('action-reference-CloudFormation'),
    base: STACKS,
    plant: (assembly) => (assembly.action('Deploy-staging').RunOrder = 1),
    rule: 'ExecuteBeforePrepare',
  },
  {
    name: 'a rollback in PARALLEL mode',
    source: guide('pipeline-requirements'),
    base: STACKS,
    plant: ({ pipeline }) => (pipeline.ExecutionMode = 'PARALLEL'),
    rule: 'ParallelRollback',
  },
  {
    name: 'an underscore in the name of a stack',
    source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html',
    base: STACKS,
    plant: (assembly) => (assembly.action('Deploy-production').Configuration.StackName = 'acme_shop'),
    rule: 'StackName',
  },
  {
    name: 'a condition with two conditions',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_BeforeEntryConditions.html',
    base: GATES,
    plant: (assembly) => {
      const { Conditions } = assembly.stage('Test').BeforeEntry;
      Conditions.push(structuredClone(Conditions[0]));
    },
    rule: 'ConditionCount',
  },
  {
    name: 'a deployment window that skips the stage',
    source: guide('stage-conditions'),
    base: GATES,
    plant: (assembly) => (assembly.stage('Test').BeforeEntry.Conditions[0].Result = 'SKIP'),
    rule: 'SkipRule',
  },
  {
    name: 'a cron expression with five fields',
    source: guide('rule-reference-DeploymentWindow'),
    base: GATES,
    plant: (assembly) =>
      (assembly.stage('Test').BeforeEntry.Conditions[0].Rules[1].Configuration.Cron = '0 9-17 * * MON-FRI'),
    rule: 'DeploymentWindowCron',
  },
  {
    name: 'a time zone that does not exist',
    source: guide('rule-reference-DeploymentWindow'),
    base: GATES,
    plant: (assembly) =>
      (assembly.stage('Test').BeforeEntry.Conditions[0].Rules[1].Configuration.TimeZone = 'Europe/Munich'),
    rule: 'DeploymentWindowTimeZone',
  },
  {
    name: 'a failure that ends with FAIL, as a sample of a feature request',
    source: issue(TERRAFORM, 40454),
    base: GATES,
    plant: (assembly) => (assembly.stage('Test').OnFailure = { Result: 'FAIL' }),
    rule: 'FailureResult',
  },
  {
    name: 'an input artifact of an alarm rule',
    source: guide('rule-reference-CloudWatchAlarm'),
    base: GATES,
    plant: (assembly) =>
      (assembly.stage('Test').OnFailure.Conditions[0].Rules[0].InputArtifacts = [{ Name: 'Source' }]),
    rule: 'InputArtifactCount',
  },
  {
    name: 'several inputs without a primary source',
    source: guide('action-reference-CodeBuild'),
    base: SOURCES,
    plant: (assembly) => delete assembly.action('Build').Configuration.PrimarySource,
    rule: 'PrimarySource',
  },
  {
    name: 'a source bucket as an address',
    source: guide('action-reference-S3'),
    base: SOURCES,
    plant: (assembly) => (assembly.action('Content').Configuration.S3Bucket = 's3://acme-drop'),
    rule: 'BucketName',
  },
  {
    name: 'a source after the build',
    source: issue('aws-cloudformation/cfn-lint', 29),
    base: SOURCES,
    plant: (assembly) => {
      const source = assembly.stage('Source').Actions.pop();
      assembly.stage('Build').Actions.unshift({ ...source, RunOrder: 1 });
      assembly.action('Build').RunOrder = 2;
    },
    rule: 'SourceInLaterStage',
  },
  {
    name: 'an unknown pipeline variable',
    source: issue(TERRAFORM, 36409),
    base: VARIABLES,
    plant: (assembly) =>
      (assembly.action('Build').Configuration.EnvironmentVariables = '[{"name":"R","value":"#{variables.ROLE_NAME}"}]'),
    rule: 'VariableUndeclared',
  },
  {
    name: 'a pipeline variable in the namespace of the pipeline',
    source: issue(TERRAFORM, 36409),
    base: VARIABLES,
    plant: (assembly) =>
      (assembly.action('Build').Configuration.EnvironmentVariables = '[{"name":"R","value":"#{codepipeline.NOTE}"}]'),
    rule: 'VariableExecutionId',
  },
  {
    name: 'a pipeline variable in a source',
    source: guide('reference-variables'),
    base: VARIABLES,
    plant: (assembly) => (assembly.action('Source').Configuration.BranchName = '#{variables.NOTE}'),
    rule: 'VariableInSource',
  },
  {
    name: 'an empty default',
    source: 'https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineVariableDeclaration.html',
    base: VARIABLES,
    plant: ({ pipeline }) => (pipeline.Variables[0].DefaultValue = ''),
    rule: 'PipelineVariableDefault',
  },
  {
    name: 'a commit message in JSON',
    source: issue(CDK, 31213),
    base: VARIABLES,
    plant: (assembly) =>
      (assembly.action('Build').Configuration.EnvironmentVariables =
        '[{"name":"M","value":"#{Source-vars.CommitMessage}"}]'),
    rule: 'VariableFreeText',
  },
  {
    name: 'a task definition that the commands do not put into the artifact',
    source: guide('troubleshooting'),
    base: BLUE_GREEN,
    plant: (assembly) => (assembly.action('Prepare-production').OutputArtifacts[0].Files = ['appspec.yaml']),
    rule: 'BlueGreenFiles',
  },
  {
    name: 'image definitions for a blue/green deployment',
    source: 'https://stackoverflow.com/questions/62022787',
    base: BLUE_GREEN,
    plant: (assembly) => assembly.buildSpec('Image', (spec) => (spec.artifacts = { files: ['imagedefinitions.json'] })),
    rule: 'BlueGreenFiles',
  },
  {
    name: 'a placeholder in angle brackets',
    source: guide('action-reference-ECSbluegreen'),
    base: BLUE_GREEN,
    plant: (assembly) => (assembly.action('Deploy-production').Configuration.Image1ContainerName = '<IMAGE1_NAME>'),
    rule: 'ImagePlaceholder',
  },
  {
    name: 'a blue/green deployment of an image without a placeholder',
    source: guide('action-reference-ECSbluegreen'),
    base: BLUE_GREEN,
    plant: (assembly) => delete assembly.action('Deploy-production').Configuration.Image1ContainerName,
    rule: 'ImagePlaceholderPair',
  },
  {
    name: 'one target group',
    source: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TargetGroupPairInfo.html',
    base: BLUE_GREEN,
    plant: (assembly) =>
      assembly
        .resource('AWS::CodeDeploy::DeploymentGroup')
        .LoadBalancerInfo.TargetGroupPairInfoList[0].TargetGroups.pop(),
    rule: 'TargetGroupPair',
  },
  {
    name: 'the action for CodeDeploy for a service that rolls',
    source: guide('action-reference-ECS'),
    base: BLUE_GREEN,
    plant: (assembly) => delete assembly.resource('AWS::ECS::Service').DeploymentController,
    rule: 'BlueGreenController',
  },
  {
    name: 'the image definitions of another name',
    source: guide('file-reference'),
    base: ROLLING,
    plant: (assembly) => (assembly.action('Deploy-production').Configuration.FileName = 'images.json'),
    rule: 'ImageDefinitionsFile',
  },
  {
    name: 'a deployment that may take two hours',
    source: guide('action-reference-ECS'),
    base: ROLLING,
    plant: (assembly) => (assembly.action('Deploy-production').Configuration.DeploymentTimeout = '120'),
    rule: 'ConfigurationValue',
  },
  {
    name: 'a threshold of a scan without a repository',
    source: guide('action-reference-InspectorScan'),
    base: ROLLING,
    plant: (assembly) => delete assembly.action('Scan').Configuration.ECRRepositoryName,
    rule: 'ScanRepository',
  },
];
