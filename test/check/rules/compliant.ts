import type { Template } from '../../../src/assembly/template';
import { check } from '../../../src/check/check';
import type { Finding } from '../../../src/check/finding';

/** A template in which every property can be changed. */
export interface TestTemplate {
  Parameters?: Properties;
  Conditions?: Properties;
  Mappings?: Properties;
  Outputs?: Properties;
  Resources: Record<string, { Type: string; Properties: Properties; DependsOn?: string | string[] }>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Properties = Record<string, any>;

const CONNECTION = 'arn:aws:codeconnections:eu-west-1:111111111111:connection/11111111-2222-3333-4444-555555555555';

function type(Category: string, Provider: string, Owner = 'AWS') {
  return { Category, Owner, Provider, Version: '1' };
}

function rule(Name: string, Provider: string, Configuration: Properties) {
  return { Name, RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider, Version: '1' }, Configuration };
}

/** Returns a deploy action with an artifact of the build. */
export function deploy(Name: string, provider: string, Configuration: Properties): Properties {
  return { Name, ActionTypeId: type('Deploy', provider), Configuration, InputArtifacts: [{ Name: 'Site' }] };
}

/** Returns a template with a pipeline that complies with all rules, and that uses most features. */
export function compliantTemplate(): TestTemplate {
  return {
    Resources: {
      Artifacts: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'acme-artifacts' } },
      Upload: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: 'acme-upload', VersioningConfiguration: { Status: 'Enabled' } },
      },
      Project: {
        Type: 'AWS::CodeBuild::Project',
        Properties: {
          Name: 'build',
          Source: {
            Type: 'CODEPIPELINE',
            BuildSpec: JSON.stringify({
              version: '0.2',
              env: { 'exported-variables': ['VERSION'] },
              phases: { build: { commands: ['make'] } },
              artifacts: {
                'secondary-artifacts': { Site: { files: ['**/*'] }, Template: { files: ['template.json'] } },
              },
            }),
          },
          Artifacts: { Type: 'CODEPIPELINE' },
          Environment: { EnvironmentVariables: [{ Name: 'STAGE', Value: 'production' }] },
          TimeoutInMinutes: 60,
        },
      },
      Pipeline: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          Name: 'delivery',
          PipelineType: 'V2',
          ExecutionMode: 'QUEUED',
          RoleArn: 'arn:aws:iam::111111111111:role/pipeline',
          ArtifactStore: {
            Type: 'S3',
            Location: 'acme-artifacts',
            EncryptionKey: { Type: 'KMS', Id: 'arn:aws:kms:eu-west-1:111111111111:key/1234' },
          },
          Variables: [{ Name: 'Stage', DefaultValue: 'test' }],
          Triggers: [
            {
              ProviderType: 'CodeStarSourceConnection',
              GitConfiguration: {
                SourceActionName: 'Repository',
                Push: [
                  { Branches: { Includes: ['main'] }, FilePaths: { Includes: ['apps/**'] } },
                  { Tags: { Includes: ['v*'] } },
                ],
                PullRequest: [{ Events: ['OPEN', 'UPDATED'], Branches: { Includes: ['main'] } }],
              },
            },
          ],
          DisableInboundStageTransitions: [{ StageName: 'Production', Reason: 'not yet' }],
          Stages: [
            {
              Name: 'Source',
              Actions: [
                {
                  Name: 'Repository',
                  Namespace: 'Git',
                  ActionTypeId: type('Source', 'CodeStarSourceConnection'),
                  Configuration: { ConnectionArn: CONNECTION, FullRepositoryId: 'acme/shop', BranchName: 'main' },
                  OutputArtifacts: [{ Name: 'Code' }],
                },
                {
                  Name: 'Upload',
                  ActionTypeId: type('Source', 'S3'),
                  Configuration: { S3Bucket: 'acme-upload', S3ObjectKey: 'data.zip', PollForSourceChanges: 'false' },
                  OutputArtifacts: [{ Name: 'Data' }],
                },
              ],
            },
            {
              Name: 'Build',
              Actions: [
                {
                  Name: 'Build',
                  Namespace: 'Build',
                  ActionTypeId: type('Build', 'CodeBuild'),
                  Configuration: {
                    ProjectName: 'build',
                    PrimarySource: 'Code',
                    EnvironmentVariables: JSON.stringify([
                      { name: 'COMMIT', value: '#{Git.CommitId}', type: 'PLAINTEXT' },
                    ]),
                  },
                  InputArtifacts: [{ Name: 'Code' }, { Name: 'Data' }],
                  OutputArtifacts: [{ Name: 'Site' }, { Name: 'Template' }],
                },
                {
                  Name: 'Verify',
                  RunOrder: 2,
                  ActionTypeId: type('Compute', 'Commands'),
                  Commands: ['make verify'],
                  OutputVariables: ['RESULT'],
                  EnvironmentVariables: [{ Name: 'VERSION', Value: '#{Build.VERSION}' }],
                  Configuration: { ComputeType: 'BUILD_GENERAL1_SMALL' },
                  InputArtifacts: [{ Name: 'Site' }],
                  OutputArtifacts: [{ Name: 'Report', Files: ['report/**/*'] }],
                },
              ],
              OnFailure: { Result: 'RETRY', RetryConfiguration: { RetryMode: 'ALL_ACTIONS' } },
            },
            {
              Name: 'Production',
              BeforeEntry: {
                Conditions: [
                  {
                    Result: 'FAIL',
                    Rules: [
                      rule('Window', 'DeploymentWindow', { Cron: '* * 9-16 ? * MON-FRI *', TimeZone: 'Europe/Berlin' }),
                    ],
                  },
                ],
              },
              Actions: [
                {
                  Name: 'Approve',
                  ActionTypeId: type('Approval', 'Manual'),
                  TimeoutInMinutes: 60,
                  Configuration: { CustomData: 'Release #{Build.VERSION} to #{variables.Stage}?' },
                },
                {
                  Name: 'Prepare',
                  RunOrder: 2,
                  ActionTypeId: type('Deploy', 'CloudFormation'),
                  Configuration: {
                    ActionMode: 'CHANGE_SET_REPLACE',
                    StackName: 'shop',
                    ChangeSetName: 'release',
                    TemplatePath: 'Template::template.json',
                    Capabilities: 'CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND',
                    ParameterOverrides: JSON.stringify({ Key: { 'Fn::GetArtifactAtt': ['Template', 'ObjectKey'] } }),
                    RoleArn: 'arn:aws:iam::111111111111:role/deployment',
                  },
                  InputArtifacts: [{ Name: 'Template' }],
                },
                {
                  Name: 'Execute',
                  RunOrder: 3,
                  ActionTypeId: type('Deploy', 'CloudFormation'),
                  Configuration: { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'shop', ChangeSetName: 'release' },
                },
                deploy('Files', 'S3', { BucketName: 'acme-site', Extract: 'true' }),
              ],
              OnSuccess: {
                Conditions: [
                  {
                    Result: 'ROLLBACK',
                    Rules: [rule('Alarm', 'CloudWatchAlarm', { AlarmName: 'errors', WaitTime: '10' })],
                  },
                ],
              },
            },
          ],
        },
      },
    },
  };
}

/** A stack of an assembly for a test. */
export interface TestStack {
  readonly name: string;
  readonly account?: string;
  readonly region?: string;
  readonly template: TestTemplate;
}

/** Returns the findings for the pipelines of a template. */
export function findingsIn(template: TestTemplate): Finding[] {
  return findingsOfStacks([{ name: 'Delivery', template }]);
}

/** Returns the findings for the pipelines of several stacks. */
export function findingsOfStacks(stacks: readonly TestStack[]): Finding[] {
  const report = check(
    stacks.map(({ name, account = '111111111111', region = 'eu-west-1', template }) => ({
      displayName: name,
      stackName: name,
      account,
      region,
      template: template as unknown as Template,
      parameters: {},
      nested: {},
      directory: '',
    })),
  );
  return report.pipelines.flatMap(({ findings }) => findings);
}
