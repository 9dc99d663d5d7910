import { deploy, type Properties, type TestTemplate } from './compliant';
import { add, buildSpec, type Case, deploymentGroup, many, set, setResource } from './violations';

const COMMANDS = 'Stages.1.Actions.1';
const APPROVE = 'Stages.2.Actions.0';
const PREPARE = 'Stages.2.Actions.1';
const PROJECT = 'Project.Properties';
const TOPIC = 'arn:aws:sns:us-east-1:111111111111:approvals';
const MACHINE_FILE = {
  StateMachineArn: 'arn:aws:states:eu-west-1:111111111111:stateMachine:release',
  InputType: 'FilePath',
};

const PIPELINE_ARN = 'arn:aws:codepipeline:eu-west-1:111111111111:delivery';

/** Lists violations of the rules for files, other resources and events, by the ID of the rule. */
export const RESOURCE_VIOLATIONS: Readonly<Record<string, readonly Case[]>> = {
  RoleArn: [
    set('RoleArn', 'pipeline'),
    set('RoleArn', undefined),
    set(`${COMMANDS}.RoleArn`, { Ref: 'Role' }, []),
    set(`${COMMANDS}.RoleArn`, 'arn:aws:iam::111111111111:user/alice'),
  ],
  BucketName: [
    set('ArtifactStore.Location', 'arn:aws:s3:::acme-artifacts'),
    set('Stages.0.Actions.1.Configuration.S3Bucket', 's3://acme-upload'),
    set('Stages.2.Actions.3.Configuration.BucketName', 'acme-site/folder'),
  ],
  ConfigurationArn: [
    set(`${APPROVE}.Configuration.NotificationArn`, 'approvals'),
    set(`${PREPARE}.Configuration.RoleArn`, 'deployment'),
  ],
  StackName: [set(`${PREPARE}.Configuration.StackName`, 'my_shop')],
  ChangeSetName: [set(`${PREPARE}.Configuration.ChangeSetName`, '1-release')],
  ImageDefinitionsFile: [
    withSource('ECR', { RepositoryName: 'api' }, deploy('Roll', 'ECS', { ClusterName: 'c', ServiceName: 's' }), ''),
    withFiles(['dist/**/*'], deploy('Roll', 'ECS', { ClusterName: 'c', ServiceName: 's' }), '.FileName'),
  ],
  BlueGreenFiles: [
    withFiles(['appspec.yaml'], blueGreen({}), '.TaskDefinitionTemplatePath'),
    withFiles(
      ['appspec.yaml', 'taskdef.json', 'imagedefinitions.json'],
      blueGreen({ Image1ArtifactName: 'Files', Image1ContainerName: 'IMAGE1_NAME' }),
      '.Image1ArtifactName',
    ),
  ],
  AppSpecFile: [
    withFiles(['scripts/*'], deploy('Servers', 'CodeDeploy', { ApplicationName: 'a', DeploymentGroupName: 'g' }), ''),
  ],
  TemplateFile: [
    set(`${PREPARE}.Configuration.TemplatePath`, 'Template::template.yaml'),
    set(`${PREPARE}.Configuration.TemplateConfiguration`, 'Template::production.json'),
  ],
  ConfiguredFile: [
    withFiles(
      ['app.json'],
      deploy('Configure', 'AppConfig', {
        Application: 'a',
        Environment: 'e',
        ConfigurationProfile: 'p',
        InputArtifactConfigurationPath: 'config.json',
      }),
      '.InputArtifactConfigurationPath',
    ),
  ],
  ImagePlaceholder: [
    withFiles(
      ['**/*'],
      blueGreen({ Image1ArtifactName: 'Files', Image1ContainerName: '<IMAGE1_NAME>' }),
      '.Image1ContainerName',
    ),
  ],
  RegionOfCodePipeline: [
    set(`${PREPARE}.Region`, 'ca-west-1'),
    set(`${PREPARE}.Region`, 'eu-wset-1'),
    set(`${PREPARE}.Region`, 'ue-west-1'),
    set(`${PREPARE}.Region`, 'Ireland'),
  ],
  ArtifactKeyRegion: [set('ArtifactStore.EncryptionKey.Id', 'arn:aws:kms:us-east-1:111111111111:key/1234')],
  ApprovalTopicRegion: [set(`${APPROVE}.Configuration.NotificationArn`, TOPIC)],
  EventTargetRole: [
    {
      change: (_, { Resources }) => {
        Resources.Nightly = {
          Type: 'AWS::Events::Rule',
          Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'pipeline', Arn: PIPELINE_ARN }] },
        };
      },
      at: ['Nightly.Targets[0].RoleArn'],
    },
  ],
  SourceBucketEvents: [
    {
      change: (_, { Resources }) => {
        Resources.Changed = {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventPattern: {
              source: ['aws.s3'],
              'detail-type': ['Object Created'],
              detail: { bucket: { name: ['acme-upload'] } },
            },
            Targets: [{ Id: 'pipeline', Arn: PIPELINE_ARN, RoleArn: 'arn:aws:iam::111111111111:role/events' }],
          },
        };
      },
      at: ['Stages[0].Actions[1].Configuration.S3Bucket'],
    },
  ],
  NotificationEvents: [
    notifications({ EventTypeIds: ['codepipeline-pipeline-pipeline-execution-failure'] }, 'EventTypeIds[0]'),
  ],
  NotificationTargetCount: [
    notifications(
      {
        Targets: many(11, (index) => ({
          TargetType: 'SNS',
          TargetAddress: `arn:aws:sns:eu-west-1:111111111111:t${index}`,
        })),
      },
      'Targets',
    ),
  ],
  PipelineVariableDescription: [set('Variables.0.Description', 'x'.repeat(201))],
  VariableUnreliable: [
    {
      change: ({ Stages }) => {
        Stages[0].Actions.push({
          Name: 'Image',
          Namespace: 'Image',
          ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'ECR', Version: '1' },
          Configuration: { RepositoryName: 'api' },
          OutputArtifacts: [{ Name: 'Image' }],
        });
        Stages[0].Actions[2].Namespace = 'Pushed';
        Stages[2].Actions[0].Configuration.CustomData = '#{Pushed.ImageTag}';
      },
      at: ['Stages[2].Actions[0].Configuration.CustomData'],
    },
  ],
  VariableOfTrigger: [
    set(`${APPROVE}.Configuration.CustomData`, 'Release #{Git.TagName}?'),
    set(`${APPROVE}.Configuration.CustomData`, 'Release #{Git.PullRequestId}?'),
  ],
  SecondarySourceType: [
    setResource(
      `${PROJECT}.SecondarySources`,
      [{ Type: 'CODEPIPELINE', SourceIdentifier: 'b' }],
      ['Project.SecondarySources[0].Type'],
    ),
  ],
  SecondaryArtifactsType: [
    setResource(
      `${PROJECT}.SecondaryArtifacts`,
      [{ Type: 'CODEPIPELINE', ArtifactIdentifier: 'b' }],
      ['Project.SecondaryArtifacts[0].Type'],
    ),
  ],
  BuildStatusReport: [setResource(`${PROJECT}.Source.ReportBuildStatus`, true, ['Project.Source.ReportBuildStatus'])],
  BuildEncryptionDisabled: [
    setResource(`${PROJECT}.Artifacts.EncryptionDisabled`, true, ['Project.Artifacts.EncryptionDisabled']),
  ],
  BuildImageCredentials: [
    setResource(
      `${PROJECT}.Environment`,
      { Image: 'aws/codebuild/standard:7.0', ImagePullCredentialsType: 'SERVICE_ROLE' },
      ['Project.Environment.ImagePullCredentialsType'],
    ),
  ],
  BuildComputeType: [
    setResource(`${PROJECT}.Environment`, { Type: 'LINUX_CONTAINER', ComputeType: 'BUILD_LAMBDA_2GB' }, [
      'Project.Environment.ComputeType',
    ]),
    setResource(`${PROJECT}.Environment`, { Type: 'ARM_LAMBDA_CONTAINER', ComputeType: 'BUILD_GENERAL1_SMALL' }, [
      'Project.Environment.ComputeType',
    ]),
  ],
  LambdaBuildLimits: [
    setResource(
      `${PROJECT}.Environment`,
      { Type: 'LINUX_LAMBDA_CONTAINER', ComputeType: 'BUILD_LAMBDA_2GB', PrivilegedMode: true },
      ['Project.Environment.PrivilegedMode'],
    ),
  ],
  BuildTimeout: [setResource(`${PROJECT}.TimeoutInMinutes`, 3, ['Project.TimeoutInMinutes'])],
  BuildQueuedTimeout: [setResource(`${PROJECT}.QueuedTimeoutInMinutes`, 600, ['Project.QueuedTimeoutInMinutes'])],
  DockerPrivileges: [
    {
      change: (_, { Resources }) => {
        const { Properties: project } = Resources.Project;
        project.Environment = { Type: 'LINUX_CONTAINER' };
        project.VpcConfig = { VpcId: 'vpc-1' };
        project.Source.BuildSpec = project.Source.BuildSpec.replace('"make"', '"docker build ."');
      },
      at: ['Project.Environment.PrivilegedMode'],
    },
  ],
  BuildVariableUnique: [
    setResource(
      `${PROJECT}.Environment.EnvironmentVariables`,
      [
        { Name: 'STAGE', Value: 'a' },
        { Name: 'STAGE', Value: 'b' },
        { Name: 'CODEBUILD_STAGE', Value: 'c' },
      ],
      ['Project.Environment.EnvironmentVariables[1].Name', 'Project.Environment.EnvironmentVariables[2].Name'],
    ),
  ],
  BuildSpecCommands: [
    withSpec((spec) => spec.phases.build.commands.push({ 'echo Version': '1' })),
    withSpec((spec) => delete spec.phases.build.commands),
    withSpec((spec) => (spec.phases.build.finally = [['make', 'clean']])),
  ],
  BuildSpecOnFailure: [withSpec((spec) => (spec.phases.build['on-failure'] = 'STOP'))],
  BuildSpecReportFormat: [withSpec((spec) => (spec.reports = { unit: { files: ['a'], 'file-format': 'JUNIT' } }))],
  BuildSpecExportedName: [withSpec((spec) => spec.env['exported-variables'].push('AWS_REGION'))],
  BuildSpecKey: [withSpec((spec) => (spec.report = {})), withSpec((spec) => (spec.env['exported-variable'] = ['A']))],
  StateMachineInput: [
    add(invoke('StepFunctions', { ...MACHINE_FILE, Input: 'input.json' }), '.InputArtifacts'),
    add({ ...invoke('StepFunctions', MACHINE_FILE), InputArtifacts: [{ Name: 'Site' }] }, '.Configuration.Input'),
  ],
  StateMachineOutput: [
    {
      change: ({ Stages }, { Resources }) => {
        Resources.Machine = {
          Type: 'AWS::StepFunctions::StateMachine',
          Properties: { StateMachineName: 'release', StateMachineType: 'EXPRESS' },
        };
        const action = invoke('StepFunctions', { StateMachineArn: MACHINE_FILE.StateMachineArn });
        Stages[2].Actions.push({ ...action, OutputArtifacts: [{ Name: 'Result' }] });
      },
      at: ['Stages[2].Actions[4].OutputArtifacts'],
    },
  ],
  ScanInput: [add(scan('SourceCodeScan'), '.InputArtifacts')],
  ScanRepository: [add(scan('ECRImageScan'), '.Configuration.ECRRepositoryName')],
  InvokedPipelineValues: [
    add(invoke('CodePipeline', { PipelineName: 'next', Variables: '{"Stage":"test"}' }), '.Configuration.Variables'),
    add(
      invoke('CodePipeline', { PipelineName: 'next', SourceRevisions: '[{"actionName":"Source"}]' }),
      '.Configuration.SourceRevisions',
    ),
  ],
  ParameterOverridesForm: [
    set(`${PREPARE}.Configuration.ParameterOverrides`, '[{"ParameterKey":"Stage","ParameterValue":"test"}]'),
  ],
  DeployBucketAcl: [
    {
      change: ({ Stages }, { Resources }) => {
        Resources.Site = {
          Type: 'AWS::S3::Bucket',
          Properties: {
            BucketName: 'acme-site',
            OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
          },
        };
        Stages[2].Actions[3].Configuration.CannedACL = 'public-read';
      },
      at: ['Stages[2].Actions[3].Configuration.CannedACL'],
    },
  ],
  BlueGreenController: [
    {
      change: (pipeline, template) => {
        deploymentGroup({ ECSServices: [{ ClusterName: 'c', ServiceName: 'api' }] }, '').change(pipeline, template);
        template.Resources.Service = {
          Type: 'AWS::ECS::Service',
          Properties: { ServiceName: 'api', Cluster: 'c' },
        };
      },
      at: ['Stages[2].Actions[4].Configuration.DeploymentGroupName'],
    },
  ],
  TargetGroupPair: [
    deploymentGroup(
      { LoadBalancerInfo: { TargetGroupPairInfoList: [{ TargetGroups: [{ Name: 'blue' }] }] } },
      'LoadBalancerInfo.TargetGroupPairInfoList[0].TargetGroups',
    ),
  ],
  DeploymentReadyWait: [
    deploymentGroup(
      {
        BlueGreenDeploymentConfiguration: {
          DeploymentReadyOption: { ActionOnTimeout: 'CONTINUE_DEPLOYMENT', WaitTimeInMinutes: 10 },
        },
      },
      'BlueGreenDeploymentConfiguration.DeploymentReadyOption.WaitTimeInMinutes',
    ),
  ],
  DeploymentRollbackEvents: [
    deploymentGroup(
      { AutoRollbackConfiguration: { Enabled: true, Events: ['DEPLOYMENT_FAILED'] } },
      'AutoRollbackConfiguration.Events',
    ),
  ],
  RetryOfChangeSet: [
    set('Stages.2.OnFailure', { Result: 'RETRY', RetryConfiguration: { RetryMode: 'FAILED_ACTIONS' } }, [
      'Stages[2].OnFailure.RetryConfiguration.RetryMode',
    ]),
  ],
};

function invoke(Provider: string, Configuration: Properties): Properties {
  return {
    Name: 'Invoke',
    RunOrder: 4,
    ActionTypeId: { Category: 'Invoke', Owner: 'AWS', Provider, Version: '1' },
    Configuration,
  };
}

function scan(InspectorRunMode: string): Properties {
  return { ...invoke('InspectorScan', { InspectorRunMode }), OutputArtifacts: [{ Name: 'Findings' }] };
}

function blueGreen(configuration: Properties): Properties {
  return deploy('Shift', 'CodeDeployToECS', {
    ApplicationName: 'a',
    DeploymentGroupName: 'g',
    TaskDefinitionTemplateArtifact: 'Files',
    AppSpecTemplateArtifact: 'Files',
    ...configuration,
  });
}

/** Returns a case with an action that reads the files of a Commands action. */
function withFiles(Files: readonly string[], action: Properties, key: string): Case {
  return {
    change: ({ Stages }) => {
      Stages[1].Actions[1].OutputArtifacts = [{ Name: 'Files', Files }];
      Stages[2].Actions.push({ ...action, RunOrder: 4, InputArtifacts: [{ Name: 'Files' }] });
    },
    at: [`Stages[2].Actions[4].Configuration${key}`],
  };
}

/** Returns a case with an action that reads the artifact of another source. */
function withSource(Provider: string, Configuration: Properties, action: Properties, key: string): Case {
  return {
    change: ({ Stages }) => {
      Stages[0].Actions.push({
        Name: 'Other',
        ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider, Version: '1' },
        Configuration,
        OutputArtifacts: [{ Name: 'Other' }],
      });
      Stages[2].Actions.push({ ...action, RunOrder: 4, InputArtifacts: [{ Name: 'Other' }] });
    },
    at: [`Stages[2].Actions[4].Configuration${key === '' ? '.FileName' : key}`],
  };
}

/** Returns a case that changes the buildspec. */
function withSpec(change: (spec: Properties) => unknown): Case {
  return {
    change: (pipeline: Properties, template: TestTemplate) => {
      const spec = JSON.parse(template.Resources.Project.Properties.Source.BuildSpec) as Properties;
      change(spec);
      buildSpec(JSON.stringify(spec), []).change(pipeline, template);
    },
    at: ['Project.Source.BuildSpec'],
  };
}

/** Returns a case with a notification rule of the pipeline. */
function notifications(properties: Properties, path: string): Case {
  return {
    change: (_, { Resources }) => {
      Resources.Notifications = {
        Type: 'AWS::CodeStarNotifications::NotificationRule',
        Properties: {
          Name: 'delivery',
          Resource: PIPELINE_ARN,
          DetailType: 'FULL',
          EventTypeIds: ['codepipeline-pipeline-pipeline-execution-failed'],
          Targets: [{ TargetType: 'SNS', TargetAddress: 'arn:aws:sns:eu-west-1:111111111111:team' }],
          ...properties,
        },
      };
    },
    at: [`Notifications.${path}`],
  };
}
