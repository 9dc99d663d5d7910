/**
 * Describes the properties of a resource type. `value` is a text, a number or a boolean, `json` any object, and an
 * array with one item a list of such items. `*` at the end of a key marks a required property.
 */
export type PropertySchema = 'value' | 'json' | readonly [PropertySchema] | { readonly [key: string]: PropertySchema };

const PATTERNS = { Includes: ['value'], Excludes: ['value'] } as const;
const TYPE_ID = { Category: 'value', Owner: 'value', 'Provider*': 'value', Version: 'value' } as const;
const ARTIFACT_STORE = {
  Type: 'value',
  'Location*': 'value',
  EncryptionKey: { 'Id*': 'value', Type: 'value' },
} as const;
const RULE = {
  Name: 'value',
  'RuleTypeId*': TYPE_ID,
  Configuration: 'json',
  Commands: ['value'],
  InputArtifacts: [{ 'Name*': 'value' }],
  Region: 'value',
  RoleArn: 'value',
} as const;
const CONDITIONS = [{ Result: 'value', Rules: [RULE] }] as const;
const ACTION = {
  Name: 'value',
  'ActionTypeId*': TYPE_ID,
  Commands: ['value'],
  Configuration: 'json',
  EnvironmentVariables: [{ Name: 'value', Value: 'value', Type: 'value' }],
  InputArtifacts: [{ 'Name*': 'value' }],
  Namespace: 'value',
  OutputArtifacts: [{ Name: 'value', Files: ['value'] }],
  OutputVariables: ['value'],
  Region: 'value',
  RoleArn: 'value',
  RunOrder: 'value',
  TimeoutInMinutes: 'value',
} as const;

/**
 * Describes the properties of pipelines. Properties that the rules of a topic require are not marked.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html
 */
export const PIPELINE_SCHEMA: PropertySchema = {
  ArtifactStore: ARTIFACT_STORE,
  ArtifactStores: [{ 'ArtifactStore*': ARTIFACT_STORE, 'Region*': 'value' }],
  DisableInboundStageTransitions: [{ Reason: 'value', StageName: 'value' }],
  ExecutionMode: 'value',
  Name: 'value',
  PipelineType: 'value',
  RestartExecutionOnUpdate: 'value',
  RoleArn: 'value',
  Stages: [
    {
      Name: 'value',
      Actions: [ACTION],
      Blockers: [{ Name: 'value', Type: 'value' }],
      BeforeEntry: { Conditions: CONDITIONS },
      OnSuccess: { Conditions: CONDITIONS },
      OnFailure: { Conditions: CONDITIONS, Result: 'value', RetryConfiguration: { RetryMode: 'value' } },
    },
  ],
  Tags: [{ Key: 'value', Value: 'value' }],
  Triggers: [
    {
      ProviderType: 'value',
      'GitConfiguration*': {
        SourceActionName: 'value',
        Push: [{ Branches: PATTERNS, FilePaths: PATTERNS, Tags: PATTERNS }],
        PullRequest: [{ Branches: PATTERNS, FilePaths: PATTERNS, Events: ['value'] }],
      },
    },
  ],
  Variables: [{ Name: 'value', DefaultValue: 'value', Description: 'value' }],
};
