import { deploy, type Properties, type TestTemplate } from './compliant';

/** A change of the compliant template that violates a rule. */
export interface Case {
  readonly change: (pipeline: Properties, template: TestTemplate) => void;
  /** The paths of the violations. */
  readonly at: readonly string[];
}

/** Returns a case that sets a property of the pipeline. A path has the form `Stages.0.Name`. */
export function set(path: string, value: unknown, at = [pathOf(path)]): Case {
  return { change: (pipeline) => assign(pipeline, path, value), at };
}

export function setResource(path: string, value: unknown, at: readonly string[]): Case {
  return { change: (_, { Resources }) => assign(Resources, path, value), at };
}

function assign(target: Properties, path: string, value: unknown) {
  const keys = path.split('.');
  const last = keys.pop()!;
  let object = target;
  for (const key of keys) object = object[key] ??= {};
  if (value === undefined) delete object[last];
  else object[last] = value;
}

function pathOf(path: string) {
  return path.replace(/\.(\d+)/g, '[$1]');
}

/** Returns a case that adds an action at the end of the last stage. */
export function add(action: Properties, ...at: string[]): Case {
  return {
    change: ({ Stages }) => Stages[2].Actions.push({ RunOrder: 4, ...action }),
    at: at.map((path) => `Stages[2].Actions[4]${path}`),
  };
}

export function many<T>(count: number, create: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => create(index));
}

const SOURCE = 'Stages.0.Actions.0';
const BUILD = 'Stages.1.Actions.0';
const COMMANDS = 'Stages.1.Actions.1';
const APPROVE = 'Stages.2.Actions.0';
const PREPARE = 'Stages.2.Actions.1';
const EXECUTE = 'Stages.2.Actions.2';
const WINDOW = 'Stages.2.BeforeEntry.Conditions.0.Rules.0';
const ALARM = 'Stages.2.OnSuccess.Conditions.0.Rules.0';
const TRIGGER = 'Triggers.0.GitConfiguration';
const V1 = { PipelineType: 'V1', ExecutionMode: 'SUPERSEDED' };
const OTHER_ACCOUNT = 'arn:aws:iam::222222222222:role/deploy';
const LONG = 'x'.repeat(1001);

/** Lists violations of every rule, by the ID of the rule. */
export const VIOLATIONS: Readonly<Record<string, readonly Case[]>> = {
  StageCount: [
    {
      change: (pipeline) =>
        Object.assign(pipeline, { Stages: pipeline.Stages.slice(0, 1), DisableInboundStageTransitions: [] }),
      at: ['Stages'],
    },
  ],
  StageWithoutActions: [
    { change: ({ Stages }) => Stages.push({ Name: 'Empty', Actions: [] }), at: ['Stages[3].Actions'] },
  ],
  StageActionCount: [
    {
      change: ({ Stages }) => Stages.push({ Name: 'Large', Actions: many(101, approval) }),
      at: ['Stages[3].Actions'],
    },
  ],
  StageActionQuota: [
    { change: ({ Stages }) => Stages.push({ Name: 'Large', Actions: many(51, approval) }), at: ['Stages[3].Actions'] },
  ],
  PipelineActionCount: [
    {
      change: ({ Stages }) =>
        Stages.push(...many(20, (stage) => ({ Name: `Large-${stage}`, Actions: many(50, approval) }))),
      at: ['Stages'],
    },
  ],
  FirstStageSources: [
    {
      change: ({ Stages }) => Stages[0].Actions.push(approval(0)),
      at: ['Stages[0].Actions[2].ActionTypeId.Category'],
    },
  ],
  SourceInLaterStage: [
    {
      change: ({ Stages }) => Stages[1].Actions.push({ ...Stages[0].Actions[1], OutputArtifacts: [{ Name: 'More' }] }),
      at: ['Stages[1].Actions[2].ActionTypeId.Category'],
    },
  ],
  StageNameUnique: [set('Stages.1.Name', 'Source')],
  ActionNameUnique: [set(`${EXECUTE}.Name`, 'Prepare')],
  RunOrder: [set(`${BUILD}.RunOrder`, 0), set(`${BUILD}.RunOrder`, 1.5), set(`${EXECUTE}.RunOrder`, 1000)],
  ActionCategory: [set(`${APPROVE}.ActionTypeId.Category`, 'Aproval')],
  ActionOwner: [set(`${APPROVE}.ActionTypeId.Owner`, 'Amazon')],
  ActionVersion: [set(`${APPROVE}.ActionTypeId.Version`, undefined), set(`${APPROVE}.ActionTypeId.Version`, '1.0')],
  PipelineTypeValue: [set('PipelineType', 'V3')],
  ExecutionModeValue: [set('ExecutionMode', 'SERIAL')],
  DisabledTransitionStage: [set('DisableInboundStageTransitions.0.StageName', 'Prod')],
  DisabledTransitionReason: [set('DisableInboundStageTransitions.0.Reason', "it's late")],
  TriggersNeedV2: [{ change: (pipeline) => Object.assign(pipeline, V1), at: ['Triggers'] }],
  VariablesNeedV2: [{ change: (pipeline) => Object.assign(pipeline, V1), at: ['Variables'] }],
  ExecutionModeNeedsV2: [set('PipelineType', 'V1', ['ExecutionMode'])],
  ConditionsNeedV2: [
    {
      change: (pipeline) => Object.assign(pipeline, V1),
      at: ['Stages[1].OnFailure', 'Stages[2].BeforeEntry', 'Stages[2].OnSuccess'],
    },
  ],
  ProviderNeedsV2: [
    { change: (pipeline) => Object.assign(pipeline, V1), at: ['Stages[1].Actions[1].ActionTypeId.Provider'] },
  ],
  ParallelRollback: [set('ExecutionMode', 'PARALLEL', ['Stages[2].OnSuccess.Conditions[0].Result'])],
  ParallelDeployment: [
    set(
      'ExecutionMode',
      'PARALLEL',
      [1, 2, 3].map((index) => `Stages[2].Actions[${index}].ActionTypeId.Category`),
    ),
  ],
  PipelineName: [set('Name', 'my pipeline')],
  StageName: [set('Stages.1.Name', 'Build & Test')],
  ActionName: [set(`${APPROVE}.Name`, 'x'.repeat(101))],
  RuleName: [set(`${ALARM}.Name`, 'Alarm!')],
  ArtifactName: [
    {
      change: ({ Stages }) => {
        Stages[1].Actions[1].OutputArtifacts[0].Name = 'the.report';
      },
      at: ['Stages[1].Actions[1].OutputArtifacts[0].Name'],
    },
  ],
  Namespace: [set(`${APPROVE}.Namespace`, 'acme.com')],
  NamespaceReserved: [set(`${APPROVE}.Namespace`, 'variables')],
  NamespaceUnique: [set(`${APPROVE}.Namespace`, 'Git')],
  NamespaceArtifact: [set(`${APPROVE}.Namespace`, 'Report')],
  ArtifactProducedOnce: [set(`${COMMANDS}.OutputArtifacts.0.Name`, 'Data')],
  ArtifactUndefined: [set(`${COMMANDS}.InputArtifacts.0.Name`, 'Sitee')],
  ArtifactOrder: [set(`${COMMANDS}.RunOrder`, 1, ['Stages[1].Actions[1].InputArtifacts[0].Name'])],
  InputArtifactTwice: [set(`${BUILD}.InputArtifacts.1.Name`, 'Code')],
  InputArtifactCount: [
    set(`${APPROVE}.InputArtifacts`, [{ Name: 'Site' }]),
    set(`${COMMANDS}.InputArtifacts`, [], ['Stages[1].Actions[1].InputArtifacts']),
  ],
  OutputArtifactCount: [set(`${SOURCE}.OutputArtifacts`, [{ Name: 'Code' }, { Name: 'More' }])],
  BuildOutputName: [renamed('Template', 'my-template', ['Stages[1].Actions[0].OutputArtifacts[1].Name'])],
  BuildInputName: [renamed('Data', 'my-data', ['Stages[1].Actions[0].InputArtifacts[1].Name'])],
  PrimarySource: [set(`${BUILD}.Configuration.PrimarySource`, undefined)],
  PrimarySourceInput: [set(`${BUILD}.Configuration.PrimarySource`, 'Source')],
  TaskDefinitionInput: [
    add(
      deploy('Shift', 'CodeDeployToECS', {
        ApplicationName: 'app',
        DeploymentGroupName: 'group',
        TaskDefinitionTemplateArtifact: 'Definition',
        AppSpecTemplateArtifact: 'Site',
      }),
      '.Configuration.TaskDefinitionTemplateArtifact',
    ),
  ],
  ImagePlaceholderPair: [
    add(
      deploy('Shift', 'CodeDeployToECS', {
        ApplicationName: 'app',
        DeploymentGroupName: 'group',
        TaskDefinitionTemplateArtifact: 'Site',
        AppSpecTemplateArtifact: 'Site',
        Image1ArtifactName: 'Site',
      }),
      '.Configuration.Image1ContainerName',
    ),
  ],
  FullCloneConsumer: [
    {
      change: ({ Stages }) => {
        Stages[0].Actions[0].Configuration.OutputArtifactFormat = 'CODEBUILD_CLONE_REF';
        Stages[1].Actions[1].InputArtifacts = [{ Name: 'Code' }];
      },
      at: ['Stages[1].Actions[1].InputArtifacts[0].Name'],
    },
  ],
  ArtifactStore: [
    set('ArtifactStore', undefined),
    {
      change: (pipeline) => {
        pipeline.ArtifactStores = [{ Region: 'eu-west-1', ArtifactStore: pipeline.ArtifactStore }];
      },
      at: ['ArtifactStore'],
    },
  ],
  ArtifactStoreType: [set('ArtifactStore.Type', 's3'), set('ArtifactStore.EncryptionKey.Type', 'AES256')],
  ArtifactStoreOfRegion: [set(`${EXECUTE}.Region`, 'us-east-1')],
  ArtifactStoreOfPipeline: [stores(['eu-central-1'], ['ArtifactStores'])],
  ArtifactStoreRegionUnique: [stores(['eu-west-1', 'eu-west-1'], ['ArtifactStores[1].Region'])],
  CrossRegionAction: [
    {
      change: (pipeline) => {
        withStores(pipeline, ['eu-west-1', 'us-east-1']);
        pipeline.Stages[0].Actions[1].Region = 'us-east-1';
      },
      at: ['Stages[0].Actions[1].Region'],
    },
  ],
  ActionRegion: [
    {
      change: (pipeline) => {
        pipeline.Stages[2].Actions.push({
          Name: 'Devices',
          RunOrder: 4,
          ActionTypeId: { Category: 'Test', Owner: 'AWS', Provider: 'DeviceFarm', Version: '1' },
          Configuration: { AppType: 'Web', ProjectId: 'p', App: 'a', DevicePoolArn: 'd', TestType: 't' },
          InputArtifacts: [{ Name: 'Site' }],
        });
      },
      at: ['Stages[2].Actions[4].Region'],
    },
  ],
  CrossAccountKey: [
    {
      change: (pipeline) => {
        pipeline.Stages[2].Actions[3].RoleArn = OTHER_ACCOUNT;
        delete pipeline.ArtifactStore.EncryptionKey;
      },
      at: ['ArtifactStore.EncryptionKey'],
    },
  ],
  CrossAccountKeyArn: [
    {
      change: (pipeline) => {
        pipeline.Stages[2].Actions[3].RoleArn = OTHER_ACCOUNT;
        pipeline.ArtifactStore.EncryptionKey.Id = '12345678-1234-1234-1234-123456789012';
      },
      at: ['ArtifactStore.EncryptionKey.Id'],
    },
  ],
  ArtifactExpiration: [
    {
      change: ({ Stages }, { Resources }) => {
        Resources.Artifacts.Properties.LifecycleConfiguration = { Rules: [{ Status: 'Enabled', ExpirationInDays: 3 }] };
        delete Stages[2].Actions[0].TimeoutInMinutes;
      },
      at: ['Stages[2].Actions[0].TimeoutInMinutes'],
    },
  ],
  ConnectionArn: [set(`${SOURCE}.Configuration.ConnectionArn`, 'my-connection')],
  RepositoryName: [set(`${SOURCE}.Configuration.FullRepositoryId`, 'https://github.com/acme/shop')],
  SourceBucketVersioning: [
    setResource('Upload.Properties.VersioningConfiguration', undefined, [
      'Stages[0].Actions[1].Configuration.S3Bucket',
    ]),
  ],
  PollingBesideEvents: [
    {
      change: ({ Stages }, { Resources }) => {
        delete Stages[0].Actions[1].Configuration.PollForSourceChanges;
        Resources.Changed = {
          Type: 'AWS::Events::Rule',
          Properties: {
            EventPattern: { source: ['aws.s3'], detail: { bucket: { name: ['acme-upload'] } } },
            Targets: [{ Id: 'pipeline', Arn: 'arn:aws:codepipeline:eu-west-1:111111111111:delivery' }],
          },
        };
      },
      at: ['Stages[0].Actions[1].Configuration.PollForSourceChanges'],
    },
  ],
  SecretInPlainText: [
    setResource(
      'Project.Properties.Environment.EnvironmentVariables',
      [{ Name: 'API_TOKEN', Value: 'f00dfeed12345678' }],
      ['Project.Environment.EnvironmentVariables[0].Value'],
    ),
  ],
  TriggerProvider: [set('Triggers.0.ProviderType', 'Connection')],
  TriggerSource: [set(`${TRIGGER}.SourceActionName`, 'Source')],
  TriggerSourceUnique: [
    {
      change: ({ Triggers }) => Triggers.push(Triggers[0]),
      at: ['Triggers[1].GitConfiguration.SourceActionName'],
    },
  ],
  TriggerCount: [
    {
      change: (pipeline) => Object.assign(pipeline, { Triggers: many(51, () => pipeline.Triggers[0]) }),
      at: ['Triggers'],
    },
  ],
  TriggerFilterCount: [
    set(
      `${TRIGGER}.Push`,
      many(4, (index) => ({ Tags: { Includes: [`v${index}`] } })),
    ),
  ],
  TriggerFilterShape: [
    set(`${TRIGGER}.Push.0.Tags`, { Includes: ['v*'] }, ['Triggers[0].GitConfiguration.Push[0]']),
    set(`${TRIGGER}.Push.0.Branches`, undefined, ['Triggers[0].GitConfiguration.Push[0]']),
    set(`${TRIGGER}.Push.1.Tags`, undefined, ['Triggers[0].GitConfiguration.Push[1]']),
    set(`${TRIGGER}.PullRequest.0.Branches`, undefined, ['Triggers[0].GitConfiguration.PullRequest[0]']),
  ],
  TriggerEvents: [set(`${TRIGGER}.PullRequest.0.Events`, ['OPENED'])],
  TriggerDuplicateFilter: [
    {
      change: ({ Triggers }) => {
        const { Push } = Triggers[0].GitConfiguration;
        Push.push(Push[1]);
      },
      at: ['Triggers[0].GitConfiguration.Push[2]'],
    },
  ],
  TriggerPatternCount: [
    set(
      `${TRIGGER}.Push.0.Branches.Includes`,
      many(9, (index) => `b${index}`),
    ),
  ],
  TriggerPattern: [set(`${TRIGGER}.Push.0.Branches.Includes`, ['x'.repeat(256)])],
  TriggerFolderPattern: [set(`${TRIGGER}.Push.0.FilePaths.Includes`, ['apps/'])],
  PipelineVariableName: [set('Variables.0.Name', 'my.stage')],
  PipelineVariableUnique: [
    { change: ({ Variables }) => Variables.push({ Name: 'Stage', DefaultValue: 'x' }), at: ['Variables[1].Name'] },
  ],
  PipelineVariableDefault: [set('Variables.0.DefaultValue', '')],
  PipelineVariableCount: [
    {
      change: ({ Variables }) => Variables.push(...many(50, (index) => ({ Name: `v${index}`, DefaultValue: 'x' }))),
      at: ['Variables'],
    },
  ],
  PipelineVariableWithoutDefault: [set('Variables.0.DefaultValue', undefined)],
  VariableSyntax: [set(`${APPROVE}.Configuration.CustomData`, 'Release #{VERSION}?')],
  VariableUndeclared: [set(`${APPROVE}.Configuration.CustomData`, 'Release to #{variables.Stages}?')],
  VariableInSource: [set(`${SOURCE}.Configuration.BranchName`, '#{variables.Stage}')],
  VariableExecutionId: [set(`${APPROVE}.Configuration.CustomData`, '#{codepipeline.ExecutionId}')],
  VariableNamespaceUndefined: [set(`${APPROVE}.Configuration.CustomData`, '#{build.VERSION}')],
  VariableTooEarly: [set(`${BUILD}.RunOrder`, 3, ['Stages[1].Actions[1].EnvironmentVariables[0].Value'])],
  VariableKeyUnknown: [
    set(`${APPROVE}.Configuration.CustomData`, '#{Git.CommitID}'),
    set(`${APPROVE}.Configuration.CustomData`, '#{Build.COMMIT}'),
  ],
  VariableFreeText: [
    set(`${COMMANDS}.Commands`, ['echo "#{Git.CommitMessage}"'], ['Stages[1].Actions[1].Commands[0]']),
    set(`${BUILD}.Configuration.EnvironmentVariables`, '[{"name":"M","value":"#{Git.CommitMessage}"}]'),
  ],
  ActionProvider: [
    set(`${COMMANDS}.ActionTypeId.Category`, 'Build', ['Stages[1].Actions[1].ActionTypeId']),
    set(`${BUILD}.ActionTypeId.Provider`, 'Codebuild', ['Stages[1].Actions[0].ActionTypeId']),
    set(`${ALARM}.RuleTypeId.Provider`, 'CloudwatchAlarm', ['Stages[2].OnSuccess.Conditions[0].Rules[0].RuleTypeId']),
  ],
  ProviderRetired: [add(deploy('Stack', 'OpsWorks', { App: 'a', Stack: 's' }), '.ActionTypeId.Provider')],
  ConfigurationKeyMisspelt: [set(`${PREPARE}.Configuration.Capabilites`, 'CAPABILITY_IAM')],
  ConfigurationKeyUnknown: [set(`${PREPARE}.Configuration.DriftMode`, 'IGNORE')],
  ConfigurationKeyMissing: [set(`${SOURCE}.Configuration.BranchName`, undefined)],
  ConfigurationValueEmpty: [set(`${APPROVE}.Configuration.CustomData`, '')],
  ConfigurationValueType: [set(`${APPROVE}.Configuration.CustomData`, ['a', 'b'])],
  ConfigurationValueLength: [
    set(`${APPROVE}.Configuration.CustomData`, LONG),
    set(`${ALARM}.Configuration.AlarmName`, LONG.repeat(10)),
  ],
  ConfigurationValue: [
    set(`${PREPARE}.Configuration.ActionMode`, 'CHANGESET_REPLACE'),
    set(`${PREPARE}.Configuration.Capabilities`, 'CAPABILITY_IAM CAPABILITY_AUTO_EXPAND'),
    set(`${ALARM}.Configuration.WaitTime`, '10 minutes'),
  ],
  ConfigurationJson: [set(`${PREPARE}.Configuration.ParameterOverrides`, '{Key: 1}')],
  BuildEnvironmentVariables: [
    set(`${BUILD}.Configuration.EnvironmentVariables`, '{"COMMIT":"1"}'),
    set(`${BUILD}.Configuration.EnvironmentVariables`, '[{"name":"PORT","value":3000}]', [
      'Stages[1].Actions[0].Configuration.EnvironmentVariables[0]',
    ]),
    set(`${BUILD}.Configuration.EnvironmentVariables`, '[{"name":"A","value":"b","type":"SECRET"}]', [
      'Stages[1].Actions[0].Configuration.EnvironmentVariables[0].type',
    ]),
  ],
  CommandsMissing: [set(`${COMMANDS}.Commands`, undefined)],
  CommandsCount: [
    set(
      `${COMMANDS}.Commands`,
      many(51, (index) => `echo ${index}`),
    ),
  ],
  CommandText: [
    set(`${COMMANDS}.Commands`, ['make\nmake test'], ['Stages[1].Actions[1].Commands[0]']),
    set(`${COMMANDS}.Commands`, ['make', LONG], ['Stages[1].Actions[1].Commands[1]']),
  ],
  CommandsOfOtherProvider: [set(`${BUILD}.Commands`, ['make'])],
  ActionVariableName: [set(`${COMMANDS}.EnvironmentVariables.0.Name`, 'MY-VERSION')],
  ActionVariableValue: [set(`${COMMANDS}.EnvironmentVariables.0.Value`, '')],
  ActionVariableType: [set(`${COMMANDS}.EnvironmentVariables.0.Type`, 'PARAMETER_STORE')],
  ArtifactFiles: [
    set(`${COMMANDS}.OutputArtifacts.0.Files`, []),
    set(`${SOURCE}.OutputArtifacts.0.Files`, ['src/**/*']),
  ],
  ActionTimeout: [set(`${APPROVE}.TimeoutInMinutes`, 4)],
  TimeoutOfOtherAction: [set(`${BUILD}.TimeoutInMinutes`, 30)],
  BuildSourceType: [setResource('Project.Properties.Source.Type', 'GITHUB', ['Project.Source.Type'])],
  BuildArtifactsType: [setResource('Project.Properties.Artifacts.Type', 'S3', ['Project.Artifacts.Type'])],
  BuildSpecSyntax: [
    buildSpec('version: 0.2\nphases: {build: [\n', ['Project.Source.BuildSpec']),
    buildSpec('phases:\n  build:\n    commands: [make]\n', ['Project.Source.BuildSpec']),
    buildSpec('version: 0.2\nphases:\n  compile:\n    commands: [make]\n', ['Project.Source.BuildSpec']),
  ],
  BuildSpecArtifacts: [
    buildSpec('version: 0.2\nartifacts:\n  secondary-artifacts:\n    Site:\n      files: [a]\n', [
      'Stages[1].Actions[0].OutputArtifacts[1].Name',
    ]),
  ],
  BuildSpecOutput: [
    {
      change: ({ Stages }, { Resources }) => {
        Stages[1].Actions[0].OutputArtifacts = [{ Name: 'Site' }];
        Resources.Project.Properties.Source.BuildSpec = 'version: 0.2\nphases:\n  build:\n    commands: [make]\n';
      },
      at: ['Stages[1].Actions[0].OutputArtifacts'],
    },
  ],
  BuildSpecArtifactFiles: [
    buildSpec('version: 0.2\nartifacts:\n  secondary-artifacts:\n    Site: {}\n    Template:\n      files: [a]\n', [
      'Project.Source.BuildSpec',
    ]),
  ],
  BuildBatch: [set(`${BUILD}.Configuration.BatchEnabled`, 'true', ['Project.BuildBatchConfig'])],
  CombineArtifacts: [set(`${BUILD}.Configuration.CombineArtifacts`, 'true')],
  TestTimeout: [
    {
      change: ({ Stages }, { Resources }) => {
        Stages[1].Actions[0].ActionTypeId.Category = 'Test';
        Resources.Project.Properties.TimeoutInMinutes = 600;
      },
      at: ['Project.TimeoutInMinutes'],
    },
  ],
  CloudFormationModeKeys: [
    set(`${PREPARE}.Configuration.ChangeSetName`, undefined),
    set(`${PREPARE}.Configuration.RoleArn`, undefined),
  ],
  TemplateArtifact: [
    set(`${PREPARE}.Configuration.TemplatePath`, 'template.json'),
    set(`${PREPARE}.Configuration.TemplatePath`, 'Site::template.json'),
  ],
  ParameterArtifact: [
    set(`${PREPARE}.Configuration.ParameterOverrides`, '{"Key":{"Fn::GetParam":["Site","a.json","key"]}}'),
  ],
  OutputFileArtifact: [
    set(`${EXECUTE}.Configuration.OutputFileName`, 'o.json', ['Stages[2].Actions[2].OutputArtifacts']),
  ],
  ExecuteBeforePrepare: [set(`${EXECUTE}.RunOrder`, 2)],
  ExtractObjectKey: [
    add(deploy('More', 'S3', { BucketName: 'acme-site', Extract: 'false' }), '.Configuration.ObjectKey'),
  ],
  EksDeployment: [
    add(
      deploy('Cluster', 'EKS', { ClusterName: 'c', ManifestFiles: 'a.yaml', HelmReleaseName: 'r' }),
      '.Configuration',
    ),
    add(deploy('Cluster', 'EKS', { ClusterName: 'c', HelmReleaseName: 'r' }), '.Configuration'),
  ],
  Ec2Deployment: [add(deploy('Fleet', 'EC2', { InstanceTagKey: 'Name', InstanceType: 'EC2' }), '.Configuration')],
  LambdaDeploymentInput: [
    add({ ...deploy('Function', 'Lambda', { FunctionName: 'f' }), InputArtifacts: [] }, '.InputArtifacts'),
  ],
  LambdaDeploymentAlias: [
    add(
      deploy('Function', 'Lambda', { FunctionName: 'f', DeployStrategy: 'Canary10Percent5Minutes' }),
      '.Configuration.FunctionAlias',
    ),
  ],
  LambdaDeploymentAlarms: [
    add(
      deploy('Function', 'Lambda', { FunctionName: 'f', Alarms: many(11, (index) => `a${index}`).join(',') }),
      '.Configuration.Alarms',
    ),
  ],
  StackSetTargets: [
    add(
      deploy('Set', 'CloudFormationStackSet', {
        StackSetName: 's',
        TemplatePath: 'Site::t.json',
        Regions: 'eu-west-1',
      }),
      '.Configuration.DeploymentTargets',
    ),
  ],
  EcsServiceController: [
    {
      change: ({ Stages }, { Resources }) => {
        Resources.Service = {
          Type: 'AWS::ECS::Service',
          Properties: { ServiceName: 'api', Cluster: 'main', DeploymentController: { Type: 'CODE_DEPLOY' } },
        };
        const action = deploy('Service', 'ECS', { ClusterName: 'main', ServiceName: 'api' });
        Stages[2].Actions.push({ ...action, RunOrder: 4 });
      },
      at: ['Stages[2].Actions[4].Configuration.ServiceName'],
    },
  ],
  ServerPlatform: [codeDeploy('CodeDeploy', 'ECS', {})],
  BlueGreenPlatform: [
    codeDeploy('CodeDeployToECS', 'Server', {
      TaskDefinitionTemplateArtifact: 'Site',
      AppSpecTemplateArtifact: 'Site',
    }),
  ],
  DeploymentConfigurationPlatform: [
    deploymentGroup({ DeploymentConfigName: 'CodeDeployDefault.HalfAtATime' }, 'DeploymentConfigName'),
  ],
  BlueGreenStyle: [deploymentGroup({ DeploymentStyle: { DeploymentType: 'IN_PLACE' } }, 'DeploymentStyle')],
  PolicyAfterPipeline: [
    latePolicy('AWS::IAM::Policy', { Roles: [{ Ref: 'PipelineRole' }] }),
    latePolicy('AWS::IAM::ManagedPolicy', { Roles: ['pipeline-role'] }),
    latePolicy('AWS::IAM::RolePolicy', { RoleName: { Ref: 'PipelineRole' } }),
  ],
  MissingReference: [
    setResource('Project.Properties.Description', { Ref: 'Missing' }, ['Project.Description']),
    setResource('Project.Properties.Description', { Ref: 'AWS::Account' }, ['Project.Description']),
    setResource('Project.Properties.Description', { 'Fn::GetAtt': ['Missing', 'Arn'] }, ['Project.Description']),
    setResource('Project.Properties.Description', { 'Fn::GetAtt': 'Missing.Arn' }, ['Project.Description']),
    setResource('Project.Properties.Description', { 'Fn::Sub': 'a ${Missing} ${!Literal}' }, ['Project.Description']),
    setResource('Project.Properties.Description', { 'Fn::Sub': ['${A} ${Missing.Arn}', { A: 'x' }] }, [
      'Project.Description',
    ]),
    setResource('Project.Properties.Description', { 'Fn::If': ['Missing', 'a', 'b'] }, ['Project.Description']),
    setResource('Project.Properties.Description', { 'Fn::FindInMap': ['Missing', 'a', 'b'] }, ['Project.Description']),
    setResource('Project.DependsOn', ['Missing'], ['Project.DependsOn']),
    setResource('Project.Condition', 'Missing', ['Project.Condition']),
    mapping(['Stages', 'test', 'name'], 'Project.Description'),
    mapping(['Stages', 'production', 'title'], 'Project.Description'),
    {
      change: (_, template) => {
        template.Conditions = { IsTest: { 'Fn::Not': [{ Condition: 'IsProduction' }] } };
      },
      at: ['Conditions.IsTest.Fn::Not[0]'],
    },
  ],
  TrustTooBroad: [roleTrust({ AWS: '*' }, 'AssumeRolePolicyDocument.Statement[0].Principal')],
  ConditionCount: [
    {
      change: ({ Stages }) => {
        const { Conditions } = Stages[2].OnSuccess;
        Conditions.push(Conditions[0]);
      },
      at: ['Stages[2].OnSuccess.Conditions'],
    },
  ],
  ConditionRuleCount: [set('Stages.2.OnSuccess.Conditions.0.Rules', [])],
  ConditionResult: [
    set('Stages.2.OnSuccess.Conditions.0.Result', 'SKIP'),
    set('Stages.2.BeforeEntry.Conditions.0.Result', 'ROLLBACK'),
  ],
  FailureResult: [set('Stages.1.OnFailure.Result', 'FAIL')],
  RetryWithConditions: [
    {
      change: ({ Stages }) => {
        const { Rules } = Stages[2].OnSuccess.Conditions[0];
        Stages[1].OnFailure.Conditions = [{ Result: 'ROLLBACK', Rules }];
      },
      at: ['Stages[1].OnFailure.Result'],
    },
  ],
  RetryMode: [set('Stages.1.OnFailure.RetryConfiguration.RetryMode', 'FAILED')],
  SkipRule: [set('Stages.2.BeforeEntry.Conditions.0.Result', 'SKIP', [`${pathOf(WINDOW)}.RuleTypeId.Provider`])],
  SourceRollback: [set('Stages.0.OnFailure', { Result: 'ROLLBACK' }, ['Stages[0].OnFailure.Result'])],
  DeploymentWindowCron: [set(`${WINDOW}.Configuration.Cron`, '9-17 MON-FRI')],
  DeploymentWindowTimeZone: [set(`${WINDOW}.Configuration.TimeZone`, 'Europe/Muenchen')],
};

function approval(index: number): Properties {
  return {
    Name: `Approve-${index}`,
    ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
  };
}

/** Returns a case that renames an artifact everywhere. */
function renamed(from: string, to: string, at: readonly string[]): Case {
  return {
    change: (pipeline, { Resources }) => {
      const text = JSON.stringify(pipeline.Stages).replaceAll(`"${from}"`, `"${to}"`);
      pipeline.Stages = JSON.parse(text.replaceAll(`${from}::`, `${to}::`).replaceAll(`\\"${from}\\"`, `\\"${to}\\"`));
      const { Source } = Resources.Project.Properties;
      Source.BuildSpec = Source.BuildSpec.replaceAll(`"${from}"`, `"${to}"`);
    },
    at,
  };
}

function withStores(pipeline: Properties, regions: readonly string[]) {
  const { ArtifactStore } = pipeline;
  delete pipeline.ArtifactStore;
  pipeline.ArtifactStores = regions.map((Region) => ({ Region, ArtifactStore }));
}

function stores(regions: readonly string[], at: readonly string[]): Case {
  return { change: (pipeline) => withStores(pipeline, regions), at };
}

export function buildSpec(text: string, at: readonly string[]): Case {
  return setResource('Project.Properties.Source.BuildSpec', text, at);
}

/** Returns a case with a deployment group for Amazon ECS. */
export function deploymentGroup(properties: Properties, path: string): Case {
  return {
    change: ({ Stages }, { Resources }) => {
      const DeploymentStyle = { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' };
      Resources.Group = {
        Type: 'AWS::CodeDeploy::DeploymentGroup',
        Properties: { ApplicationName: 'app', DeploymentGroupName: 'group', DeploymentStyle, ...properties },
      };
      const names = { ApplicationName: 'app', DeploymentGroupName: 'group' };
      const files = { TaskDefinitionTemplateArtifact: 'Site', AppSpecTemplateArtifact: 'Site' };
      Stages[2].Actions.push({ ...deploy('Shift', 'CodeDeployToECS', { ...names, ...files }), RunOrder: 4 });
    },
    at: [`Group.${path}`],
  };
}

/** Returns a case with a role of the pipeline that trusts a principal. */
/** Returns a case with a policy of the role of the pipeline, on which the pipeline does not depend. */
function latePolicy(Type: string, attachment: Properties): Case {
  return {
    change: (pipeline, { Resources }) => {
      Resources.PipelineRole = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'pipeline-role' } };
      Resources.LatePolicy = { Type, Properties: { PolicyName: 'late', ...attachment } };
      pipeline.RoleArn = { 'Fn::GetAtt': ['PipelineRole', 'Arn'] };
    },
    at: ['DependsOn'],
  };
}

/** Returns a case that reads a key that a mapping does not have. */
function mapping(keys: readonly string[], at: string): Case {
  return {
    change: (_, template) => {
      template.Mappings = { Stages: { production: { name: 'live' } } };
      template.Resources.Project.Properties.Description = { 'Fn::FindInMap': keys };
    },
    at: [at],
  };
}

function roleTrust(Principal: Properties, path: string): Case {
  return {
    change: (_, { Resources }) => {
      const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }];
      Resources.Role = {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'pipeline', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } },
      };
    },
    at: [`Role.${path}`],
  };
}

/** Returns a case with a CodeDeploy application of the wrong platform. */
function codeDeploy(provider: string, platform: string, configuration: Properties): Case {
  return {
    change: ({ Stages }, { Resources }) => {
      Resources.Application = {
        Type: 'AWS::CodeDeploy::Application',
        Properties: { ApplicationName: 'app', ComputePlatform: platform },
      };
      const names = { ApplicationName: 'app', DeploymentGroupName: 'group' };
      Stages[2].Actions.push({ ...deploy('Shift', provider, { ...names, ...configuration }), RunOrder: 4 });
    },
    at: ['Stages[2].Actions[4].Configuration.ApplicationName'],
  };
}
