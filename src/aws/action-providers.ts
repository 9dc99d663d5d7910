import { CONNECTION_VARIABLES } from './connection-variables';
import { CONNECTION_REGIONS } from './regions';

/** Describes an action type with the numbers of its input and output artifacts. */
export interface ActionProvider {
  readonly category: 'Source' | 'Build' | 'Test' | 'Deploy' | 'Invoke' | 'Approval' | 'Compute' | 'Rule';
  readonly owner: 'AWS' | 'ThirdParty' | 'Custom';
  readonly provider: string;
  readonly version: string;
  readonly inputs: { readonly min: number; readonly max: number };
  readonly outputs: { readonly min: number; readonly max: number };
  /** The configuration keys, with `true` for required keys. `any` for custom types. */
  readonly configuration: { readonly [key: string]: boolean } | 'any';
  /** Keys whose value is JSON. A variable that contains a quote makes it invalid. */
  readonly json?: readonly string[];
  /**
   * Whether environment variables are inserted into files without escaping. A quote or a line break in a value changes
   * the meaning of the file.
   */
  readonly pastesVariables?: true;
  /** The fix for a configuration value that is too long, if there is an alternative. */
  readonly tooLong?: { readonly [key: string]: string };
  /** The output variables of the action. `any` if the user names them. */
  readonly variables: readonly string[] | 'any';
  /**
   * The output variables that contain only IDs, restricted names, digests or dates, so no characters with a meaning in
   * a shell or in JSON.
   */
  readonly safeVariables?: readonly string[];
  /** The variables that are absent in some executions, with the fix. They must not be used. */
  readonly unreliableVariables?: { readonly [key: string]: string };
  /** The Regions of the action type, if it is not available in all Regions. */
  readonly regions?: readonly string[];
  readonly see: string;
}

const GUIDE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';

function between(min: number, max: number) {
  return { min, max };
}

function exactly(count: number) {
  return between(count, count);
}

const CODE_BUILD = {
  category: 'Build',
  owner: 'AWS',
  provider: 'CodeBuild',
  version: '1',
  inputs: between(1, 5),
  outputs: between(0, 5),
  configuration: {
    ProjectName: true,
    PrimarySource: false,
    BuildspecOverride: false,
    BatchEnabled: false,
    CombineArtifacts: false,
    EnvironmentVariables: false,
  },
  json: ['EnvironmentVariables'],
  variables: 'any',
  see: `${GUIDE}/action-reference-CodeBuild.html`,
} as const satisfies ActionProvider;

/**
 * Lists the action providers that the library renders, as AWS documents them.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-action-artifacts.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const ACTION_PROVIDERS = {
  connection: {
    category: 'Source',
    owner: 'AWS',
    provider: 'CodeStarSourceConnection',
    version: '1',
    inputs: exactly(0),
    outputs: exactly(1),
    configuration: {
      ConnectionArn: true,
      FullRepositoryId: true,
      BranchName: true,
      OutputArtifactFormat: false,
      DetectChanges: false,
    },
    variables: Object.keys(CONNECTION_VARIABLES),
    // The format of AuthorId is not documented, so it can contain any text.
    safeVariables: ['AuthorDate', 'CommitId', 'ConnectionArn', 'FullRepositoryName', 'ProviderType', 'PullRequestId'],
    regions: CONNECTION_REGIONS,
    see: `${GUIDE}/action-reference-CodestarConnectionSource.html`,
  },
  codeCommit: {
    category: 'Source',
    owner: 'AWS',
    provider: 'CodeCommit',
    version: '1',
    inputs: exactly(0),
    outputs: exactly(1),
    configuration: { RepositoryName: true, BranchName: true, PollForSourceChanges: false, OutputArtifactFormat: false },
    variables: ['AuthorDate', 'BranchName', 'CommitId', 'CommitMessage', 'CommitterDate', 'RepositoryName'],
    safeVariables: ['AuthorDate', 'CommitId', 'CommitterDate', 'RepositoryName'],
    see: `${GUIDE}/action-reference-CodeCommit.html`,
  },
  s3Source: {
    category: 'Source',
    owner: 'AWS',
    provider: 'S3',
    version: '1',
    inputs: exactly(0),
    outputs: exactly(1),
    configuration: {
      S3Bucket: true,
      S3ObjectKey: true,
      AllowOverrideForS3ObjectKey: false,
      PollForSourceChanges: false,
    },
    variables: ['BucketName', 'ETag', 'ObjectKey', 'VersionId'],
    safeVariables: ['BucketName', 'VersionId'],
    see: `${GUIDE}/action-reference-S3.html`,
  },
  ecrSource: {
    category: 'Source',
    owner: 'AWS',
    provider: 'ECR',
    version: '1',
    inputs: exactly(0),
    outputs: exactly(1),
    configuration: { RepositoryName: true, ImageTag: false },
    variables: ['RegistryId', 'RepositoryName', 'ImageDigest', 'ImageURI'],
    safeVariables: ['RegistryId', 'RepositoryName', 'ImageDigest', 'ImageURI'],
    // Each push overrides the source revision by the digest that was pushed.
    unreliableVariables: {
      ImageTag:
        'write the imageTag of the source, or use ImageDigest; the action does not output it in executions that a ' +
        'push starts',
    },
    see: `${GUIDE}/action-reference-ECR.html`,
  },
  codeBuild: CODE_BUILD,
  codeBuildTest: { ...CODE_BUILD, category: 'Test' },
  commands: {
    category: 'Compute',
    owner: 'AWS',
    provider: 'Commands',
    version: '1',
    inputs: between(1, 10),
    outputs: between(0, 1),
    configuration: {
      EnvironmentType: false,
      ComputeType: false,
      VpcId: false,
      Subnets: false,
      SecurityGroupIds: false,
    },
    variables: 'any',
    see: `${GUIDE}/action-reference-Commands.html`,
  },
  ecrBuildAndPublish: {
    category: 'Build',
    owner: 'AWS',
    provider: 'ECRBuildAndPublish',
    version: '1',
    inputs: exactly(1),
    outputs: exactly(0),
    configuration: { ECRRepositoryName: true, DockerFilePath: false, ImageTags: false, RegistryType: false },
    variables: ['ECRImageDigestId', 'ECRRepositoryName'],
    safeVariables: ['ECRImageDigestId', 'ECRRepositoryName'],
    see: `${GUIDE}/action-reference-ECRBuildAndPublish.html`,
  },
  deviceFarm: {
    category: 'Test',
    owner: 'AWS',
    provider: 'DeviceFarm',
    version: '1',
    inputs: exactly(1),
    outputs: exactly(0),
    configuration: {
      AppType: true,
      ProjectId: true,
      App: true,
      DevicePoolArn: true,
      TestType: true,
      Test: false,
      TestSpec: false,
      FuzzEventCount: false,
      FuzzEventThrottle: false,
      FuzzRandomizerSeed: false,
      RecordVideo: false,
      RecordAppPerformanceData: false,
      RadioBluetoothEnabled: false,
      RadioGpsEnabled: false,
      RadioNfcEnabled: false,
      RadioWifiEnabled: false,
      CustomHostMachineArtifacts: false,
      CustomDeviceArtifacts: false,
      UnmeteredDevicesOnly: false,
      JobTimeoutMinutes: false,
      Latitude: false,
      Longitude: false,
    },
    regions: ['us-west-2'],
    variables: [],
    see: `${GUIDE}/action-reference-DeviceFarm.html`,
  },
  inspectorScan: {
    category: 'Invoke',
    owner: 'AWS',
    provider: 'InspectorScan',
    version: '1',
    inputs: between(0, 1),
    outputs: exactly(1),
    configuration: {
      InspectorRunMode: true,
      ECRRepositoryName: false,
      ImageTag: false,
      CriticalThreshold: false,
      HighThreshold: false,
      MediumThreshold: false,
      LowThreshold: false,
    },
    variables: ['HighestScannedSeverity'],
    safeVariables: ['HighestScannedSeverity'],
    see: `${GUIDE}/action-reference-InspectorScan.html`,
  },
  lambdaInvoke: {
    category: 'Invoke',
    owner: 'AWS',
    provider: 'Lambda',
    version: '1',
    inputs: between(0, 5),
    outputs: between(0, 5),
    configuration: { FunctionName: true, UserParameters: false },
    json: ['UserParameters'],
    variables: 'any',
    see: `${GUIDE}/action-reference-Lambda.html`,
  },
  stepFunctions: {
    category: 'Invoke',
    owner: 'AWS',
    provider: 'StepFunctions',
    version: '1',
    inputs: between(0, 1),
    outputs: between(0, 1),
    configuration: { StateMachineArn: true, ExecutionNamePrefix: false, InputType: false, Input: false },
    json: ['Input'],
    variables: ['StateMachineArn', 'ExecutionArn'],
    safeVariables: ['StateMachineArn', 'ExecutionArn'],
    see: `${GUIDE}/action-reference-StepFunctions.html`,
  },
  cloudFormation: {
    category: 'Deploy',
    owner: 'AWS',
    provider: 'CloudFormation',
    version: '1',
    inputs: between(0, 10),
    outputs: between(0, 1),
    configuration: {
      ActionMode: true,
      StackName: true,
      ChangeSetName: false,
      TemplatePath: false,
      TemplateConfiguration: false,
      ParameterOverrides: false,
      Capabilities: false,
      RoleArn: false,
      OutputFileName: false,
    },
    json: ['ParameterOverrides'],
    tooLong: {
      ParameterOverrides: 'put the parameters into a file of the artifact, and name it in templateConfigurationPath',
    },
    // The outputs of the stack can contain any string.
    variables: 'any',
    see: `${GUIDE}/action-reference-CloudFormation.html`,
  },
  ecs: {
    category: 'Deploy',
    owner: 'AWS',
    provider: 'ECS',
    version: '1',
    inputs: exactly(1),
    outputs: exactly(0),
    configuration: { ClusterName: true, ServiceName: true, FileName: false, DeploymentTimeout: false },
    variables: [],
    see: `${GUIDE}/action-reference-ECS.html`,
  },
  codeDeployToEcs: {
    category: 'Deploy',
    owner: 'AWS',
    provider: 'CodeDeployToECS',
    version: '1',
    inputs: between(1, 5),
    outputs: exactly(0),
    configuration: {
      ApplicationName: true,
      DeploymentGroupName: true,
      TaskDefinitionTemplateArtifact: true,
      TaskDefinitionTemplatePath: false,
      AppSpecTemplateArtifact: true,
      AppSpecTemplatePath: false,
      Image1ArtifactName: false,
      Image1ContainerName: false,
      Image2ArtifactName: false,
      Image2ContainerName: false,
      Image3ArtifactName: false,
      Image3ContainerName: false,
      Image4ArtifactName: false,
      Image4ContainerName: false,
    },
    variables: [],
    see: `${GUIDE}/action-reference-ECSbluegreen.html`,
  },
  eks: {
    category: 'Deploy',
    owner: 'AWS',
    provider: 'EKS',
    version: '1',
    inputs: exactly(1),
    outputs: exactly(0),
    configuration: {
      ClusterName: true,
      HelmReleaseName: false,
      HelmChartLocation: false,
      HelmValuesFiles: false,
      ManifestFiles: false,
      Namespace: false,
      Subnets: false,
      SecurityGroupIds: false,
    },
    pastesVariables: true,
    variables: ['EKSClusterName'],
    safeVariables: ['EKSClusterName'],
    see: `${GUIDE}/action-reference-EKS.html`,
  },
  appConfig: {
    category: 'Deploy',
    owner: 'AWS',
    provider: 'AppConfig',
    version: '1',
    inputs: exactly(1),
    outputs: exactly(0),
    configuration: {
      Application: true,
      Environment: true,
      ConfigurationProfile: true,
      InputArtifactConfigurationPath: true,
      DeploymentStrategy: false,
    },
    variables: [],
    see: `${GUIDE}/action-reference-AppConfig.html`,
  },
  manualApproval: {
    category: 'Approval',
    owner: 'AWS',
    provider: 'Manual',
    version: '1',
    inputs: exactly(0),
    outputs: exactly(0),
    configuration: { NotificationArn: false, CustomData: false, ExternalEntityLink: false },
    variables: [],
    see: `${GUIDE}/approvals-action-add.html`,
  },
} as const satisfies Record<string, ActionProvider>;

/** A key of {@link ACTION_PROVIDERS}. */
export type ActionProviderId = keyof typeof ACTION_PROVIDERS;

/** Returns the provider of a plan, which is a key of the table or a custom provider. */
export function providerOf({ provider }: { readonly provider: ActionProviderId | ActionProvider }): ActionProvider {
  return typeof provider === 'string' ? ACTION_PROVIDERS[provider] : provider;
}
