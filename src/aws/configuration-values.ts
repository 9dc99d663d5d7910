/** Describes the accepted values of a configuration key. */
export interface AcceptedValues {
  readonly values?: readonly string[];
  readonly pattern?: RegExp;
  /** Describes the pattern in messages. */
  readonly words?: string;
  /** Whether the value is a list of the accepted values, separated by commas. */
  readonly isList?: true;
}

// Templates in YAML have several spellings, which CloudFormation converts.
const BOOLEAN: AcceptedValues = { pattern: /^(true|false|yes|no|on|off)$/i, words: 'true or false' };
const CLONE_FORMAT: AcceptedValues = { values: ['CODE_ZIP', 'CODEBUILD_CLONE_REF'] };
const PERCENT_OR_NUMBER: AcceptedValues = { pattern: /^\d+%?$/, words: "a number or a percentage, e.g. '2' or '25%'" };
const COUNT: AcceptedValues = { pattern: /^\d+$/, words: 'a number' };
const CAPABILITIES: AcceptedValues = {
  values: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
  isList: true,
};

/**
 * Lists the accepted values of configuration keys by action provider, or by rule provider, as the reference page of
 * each provider documents them. Keys with any value are absent.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html
 */
export const CONFIGURATION_VALUES: Readonly<Record<string, Readonly<Record<string, AcceptedValues>>>> = {
  'Source CodeStarSourceConnection': { OutputArtifactFormat: CLONE_FORMAT, DetectChanges: BOOLEAN },
  'Source CodeCommit': { OutputArtifactFormat: CLONE_FORMAT, PollForSourceChanges: BOOLEAN },
  'Source S3': { AllowOverrideForS3ObjectKey: BOOLEAN, PollForSourceChanges: BOOLEAN },
  'Source GitHub': { PollForSourceChanges: BOOLEAN },
  'Build CodeBuild': { BatchEnabled: BOOLEAN, CombineArtifacts: BOOLEAN },
  'Test CodeBuild': { BatchEnabled: BOOLEAN, CombineArtifacts: BOOLEAN },
  'Build ECRBuildAndPublish': { RegistryType: { values: ['private', 'public'] } },
  'Compute Commands': {
    EnvironmentType: { values: ['LINUX_CONTAINER', 'WINDOWS_SERVER_2022_CONTAINER'] },
    ComputeType: { values: ['BUILD_GENERAL1_SMALL', 'BUILD_GENERAL1_MEDIUM', 'BUILD_GENERAL1_LARGE'] },
  },
  'Deploy S3': {
    Extract: BOOLEAN,
    CannedACL: {
      values: [
        'private',
        'public-read',
        'public-read-write',
        'authenticated-read',
        'aws-exec-read',
        'bucket-owner-read',
        'bucket-owner-full-control',
        'log-delivery-write',
      ],
    },
  },
  'Deploy CloudFormation': {
    ActionMode: {
      values: ['CREATE_UPDATE', 'REPLACE_ON_FAILURE', 'CHANGE_SET_REPLACE', 'CHANGE_SET_EXECUTE', 'DELETE_ONLY'],
    },
    Capabilities: CAPABILITIES,
  },
  'Deploy CloudFormationStackSet': {
    Capabilities: CAPABILITIES,
    PermissionModel: { values: ['SELF_MANAGED', 'SERVICE_MANAGED'] },
    OrganizationsAutoDeployment: { values: ['Enabled', 'Disabled', 'EnabledWithStackRetention'] },
    ConcurrencyMode: { values: ['STRICT_FAILURE_TOLERANCE', 'SOFT_FAILURE_TOLERANCE'] },
    CallAs: { values: ['SELF', 'DELEGATED_ADMIN'] },
    FailureTolerancePercentage: COUNT,
    MaxConcurrentPercentage: COUNT,
  },
  'Deploy ECS': {
    DeploymentTimeout: { pattern: /^([1-9]|[1-5]\d|60)$/, words: 'a number of minutes from 1 to 60' },
  },
  'Deploy EC2': {
    InstanceType: { values: ['EC2', 'SSM_MANAGED_NODE'] },
    MaxBatch: PERCENT_OR_NUMBER,
    MaxError: PERCENT_OR_NUMBER,
  },
  'Deploy Lambda': {
    DeployStrategy: {
      pattern: /^(AllAtOnce|Canary\d+Percent\d+Minutes?|Linear\d+PercentEvery\d+Minutes?)$/,
      words: "AllAtOnce, 'Canary10Percent5Minutes' or 'Linear10PercentEvery1Minute'",
    },
  },
  'Invoke StepFunctions': { InputType: { values: ['Literal', 'FilePath'] } },
  'Invoke InspectorScan': { InspectorRunMode: { values: ['SourceCodeScan', 'ECRImageScan'] } },
  'Test DeviceFarm': { AppType: { values: ['iOS', 'Android', 'Web'] } },
  'Rule VariableCheck': { Operator: { values: ['EQ', 'NE', 'CONTAINS', 'MATCHES'] } },
  'Rule CloudWatchAlarm': {
    WaitTime: { pattern: /^\d+$/, words: 'a number of minutes' },
    AlarmStates: { values: ['ALARM', 'OK', 'INSUFFICIENT_DATA'], isList: true },
  },
  'Rule CodeBuild': { BatchEnabled: BOOLEAN, CombineArtifacts: BOOLEAN },
};
