import { type ActionDeclaration, isKnown, type PipelineDeclaration } from './declaration';
import { GUIDE, type ServiceRule } from './service-rule';
import { violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import { hasUnknown } from '../../assembly/unknown';
import { CONNECTION_ARN } from '../../aws/limits';
import { A_CONNECTION_ARN } from '../../common/rules';

/** Sources that poll unless PollForSourceChanges is false. */
const POLLING = ['CodeCommit', 'S3', 'GitHub'];

const EVENT_SOURCES: Readonly<Record<string, string>> = { CodeCommit: 'aws.codecommit', S3: 'aws.s3' };

/** Matches names of values that are usually secret. */
const SECRET_NAME = /(password|passwd|secret|token|api_?key|private_?key|access_?key|credential)/i;
/** Matches the IDs of access keys of AWS. */
const ACCESS_KEY = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/;

/** Rules for sources and for secrets. */
export const SOURCE_RULES: readonly ServiceRule[] = [
  {
    id: 'ConnectionArn',
    severity: 'error',
    summary: 'The connection of a source is the ARN of a connection.',
    see: `${GUIDE}/action-reference-CodestarConnectionSource.html`,
    violations: ({ actions }) =>
      actions
        .filter(({ provider }) => provider === 'CodeStarSourceConnection')
        .map((action) => ({ action, arn: textOf(action.configuration.ConnectionArn) }))
        .filter(({ arn }) => arn !== '' && !hasUnknown(arn) && !CONNECTION_ARN.test(arn))
        .map(({ action, arn }) =>
          violation(action, 'Configuration.ConnectionArn', {
            must: A_CONNECTION_ARN,
            got: arn,
            fix: 'copy the ARN from the console of CodeConnections',
          }),
        ),
  },
  {
    id: 'RepositoryName',
    severity: 'error',
    summary: 'The repository of a connection source contains its owner, as in owner/repository.',
    see: `${GUIDE}/action-reference-CodestarConnectionSource.html`,
    violations: ({ actions }) =>
      actions
        .filter(({ provider }) => provider === 'CodeStarSourceConnection')
        .map((action) => ({ action, repository: textOf(action.configuration.FullRepositoryId) }))
        .filter(({ repository }) => repository !== '' && !hasUnknown(repository))
        .filter(({ repository }) => !/^[^/\s:]+(\/[^/:]+)+$/.test(repository))
        .map(({ action, repository }) =>
          violation(action, 'Configuration.FullRepositoryId', {
            must: 'have the form owner/repository',
            got: repository,
            fix: 'write the owner and the name, without https:// and .git',
          }),
        ),
  },
  {
    id: 'SourceBucketVersioning',
    severity: 'info',
    summary: 'The bucket of an S3 source is versioned.',
    see: `${GUIDE}/action-reference-S3.html`,
    violations: (pipeline, model) =>
      pipeline.actions
        .filter(({ category, provider }) => category === 'Source' && provider === 'S3')
        .flatMap((action) => {
          const bucket = bucketOf(action, pipeline, model);
          const { Status } = objectOf(bucket?.properties.VersioningConfiguration);
          if (!bucket || !isKnown(Status) || Status === 'Enabled') return [];
          return [
            violation(action, 'Configuration.S3Bucket', {
              must: 'be a versioned bucket',
              got: bucket.logicalId,
              fix: 'enable versioning on the bucket',
            }),
          ];
        }),
  },
  {
    id: 'PollingBesideEvents',
    severity: 'warning',
    summary: 'A source that an event starts does not poll, because each change would start two executions.',
    see: `${GUIDE}/change-detection-methods.html`,
    violations: (pipeline, model) => {
      return pipeline.actions
        .filter(({ category, provider }) => category === 'Source' && POLLING.includes(provider))
        .filter(({ configuration }) => isKnown(configuration.PollForSourceChanges))
        .filter(({ configuration }) => !/^(false|no|off)$/i.test(textOf(configuration.PollForSourceChanges)))
        .filter((action) => hasEventRule(action, pipeline, model))
        .map((action) =>
          violation(action, 'Configuration.PollForSourceChanges', {
            must: 'be false, because an EventBridge rule starts the pipeline for changes of this source',
            got: action.configuration.PollForSourceChanges,
            fix: "set it to 'false'",
          }),
        );
    },
  },
  {
    id: 'SecretInPlainText',
    severity: 'warning',
    summary: 'No configuration and no environment variable contains a secret in plain text.',
    see: 'https://docs.aws.amazon.com/codebuild/latest/userguide/data-protection.html',
    violations: (pipeline, model) => [...actionSecrets(pipeline), ...projectSecrets(pipeline, model)],
  },
];

function bucketOf(action: ActionDeclaration, { resource: { stack } }: PipelineDeclaration, model: ResourceModel) {
  const arn = `arn:${stack.partition}:s3:::${textOf(action.configuration.S3Bucket)}`;
  return model.findNamed('AWS::S3::Bucket', arn, stack);
}

/** Returns whether an event of a source starts the pipeline. The pattern contains the name of the source. */
function hasEventRule(action: ActionDeclaration, { resource }: PipelineDeclaration, model: ResourceModel): boolean {
  const name = textOf(action.configuration.RepositoryName ?? action.configuration.S3Bucket);
  return model
    .resources('AWS::Events::Rule')
    .filter(({ properties: { Targets } }) => listOf(Targets).some((target) => objectOf(target).Arn === resource.arn))
    .map(({ properties: { EventPattern } }) => objectOf(EventPattern))
    .filter(({ source }) => listOf(source).includes(EVENT_SOURCES[action.provider]))
    .some((pattern) => name !== '' && JSON.stringify(pattern).includes(name));
}

function actionSecrets({ actions }: PipelineDeclaration) {
  return actions.flatMap((action) =>
    Object.entries(action.configuration)
      .filter(([key, value]) => isPlainSecret(key, value))
      .map(([key]) =>
        violation(action, `Configuration.${key}`, {
          must: 'not contain a secret in plain text',
          fix: 'use {{resolve:secretsmanager:…}}',
        }),
      ),
  );
}

function projectSecrets({ actions, resource: { stack } }: PipelineDeclaration, model: ResourceModel) {
  return actions
    .filter(({ provider }) => provider === 'CodeBuild')
    .flatMap((action) => {
      const name = textOf(action.configuration.ProjectName);
      const project = model.findNamed('AWS::CodeBuild::Project', name, {
        account: stack.account,
        region: action.region,
      });
      return listOf(objectOf(project?.properties.Environment).EnvironmentVariables)
        .map((variable, index) => ({ index, variable: objectOf(variable) }))
        .filter(({ variable: { Type } }) => Type === undefined || Type === 'PLAINTEXT')
        .filter(({ variable: { Name, Value } }) => isPlainSecret(textOf(Name), Value))
        .map(({ index, variable }) => ({
          stage: action.stageName,
          action: action.name,
          resource: project,
          path: `Environment.EnvironmentVariables[${index}].Value`,
          must: `not contain the secret ${textOf(variable.Name)} in plain text`,
          fix: 'set the type to SECRETS_MANAGER, and the value to the name of the secret',
        }));
    });
}

/** Returns whether a value looks like a secret. References and names of secrets are none. */
function isPlainSecret(name: string, value: unknown): boolean {
  if (typeof value !== 'string' || hasUnknown(value) || value.includes('#{')) return false;
  if (ACCESS_KEY.test(value)) return true;
  return SECRET_NAME.test(name) && value.length >= 8 && !/^(arn:|\/|https?:)/.test(value) && /\d/.test(value);
}
