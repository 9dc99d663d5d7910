import { RESOURCES } from './actions/resources';
import type { AssemblyStack } from '../../../src/assembly/cloud-assembly';
import { ResourceModel } from '../../../src/assembly/resource-model';
import type { Resource } from '../../../src/assembly/template';
import type { Call } from '../../../src/check/calls/call';
import { callsOf, CallGroup } from '../../../src/check/calls/pipeline-calls';
import { IamModel } from '../../../src/check/model/iam-model';
import { readPipeline } from '../../../src/check/pipeline';

export const ACCOUNT = '111111111111';
export const OTHER_ACCOUNT = '222222222222';
export const REGION = 'eu-west-1';

function role(name: string, account = ACCOUNT) {
  return `arn:aws:iam::${account}:role/${name}`;
}

/** Lists the callers. The roles are not in a template, because their permissions do not affect these tests. */
export const CALLERS = {
  pipeline: role('pipeline'),
  action: role('action'),
  abroad: role('action', OTHER_ACCOUNT),
  deployment: role('deployment'),
  project: role('project'),
  batch: role('batch'),
  function: role('function'),
} as const;

/** An action as a template states it, without what is the same for all. */
export interface ActionFixture {
  /** @default {} */
  readonly configuration?: Readonly<Record<string, string>>;
  /** @default ['Source'] */
  readonly inputs?: readonly string[];
  /** @default [] */
  readonly outputs?: readonly string[];
  /** @default 'action' */
  readonly caller?: 'action' | 'abroad';
  /** @default 'AWS' */
  readonly owner?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/**
 * One pipeline that has only these actions, or rules, of a provider; and sources, so that there is something to read.
 */
export function callsOfActions(provider: string, fixtures: readonly ActionFixture[], resources?: Resources): Call[] {
  return groupsOf(provider, fixtures, resources).flatMap(({ calls }) => calls);
}

/** Returns the calls of a pipeline by action. The first group contains those of the pipeline itself. */
export function groupsOf(provider: string, fixtures: readonly ActionFixture[], resources?: Resources): CallGroup[] {
  const model = new ResourceModel([stackWith(provider, fixtures, resources)]);
  const [pipeline] = model.resources('AWS::CodePipeline::Pipeline');
  return callsOf(readPipeline(pipeline), new IamModel(model)).filter(
    ({ action }) => action === undefined || action.startsWith('Tested'),
  );
}

type Resources = Readonly<Record<string, Resource>>;

/** The stack of such a pipeline, with more resources beside it or others in place of the usual ones. */
export function stackWith(
  provider: string,
  fixtures: readonly ActionFixture[],
  resources: Resources = {},
): AssemblyStack {
  const [category] = provider.split('/');
  const actions = fixtures.map((fixture, index) => stated(provider, `Tested${index}`, fixture));
  const template = {
    Resources: {
      ...RESOURCES,
      ...resources,
      Pipeline: {
        Type: 'AWS::CodePipeline::Pipeline',
        Properties: {
          Name: 'shop',
          RoleArn: CALLERS.pipeline,
          ArtifactStore: {
            Type: 'S3',
            Location: { Ref: 'Artifacts' },
            EncryptionKey: { Type: 'KMS', Id: { 'Fn::GetAtt': ['Key', 'Arn'] } },
          },
          Stages: [
            { Name: 'Source', Actions: [...SOURCES, ...(category === 'Source' ? actions : [])] },
            category === 'Rule'
              ? { Name: 'Test', Actions: [], OnSuccess: { Conditions: [{ Rules: actions }] } }
              : { Name: 'Test', Actions: category === 'Source' ? [] : actions },
          ],
        },
      },
    },
  };
  return {
    displayName: 'Tools',
    stackName: 'Tools',
    account: ACCOUNT,
    region: REGION,
    template,
    parameters: {},
    nested: {},
    directory: '',
  };
}

function stated(
  provider: string,
  Name: string,
  { configuration = {}, inputs, outputs = [], caller = 'action', owner = 'AWS', more }: ActionFixture,
) {
  const [Category, Provider] = provider.split('/');
  const type = { Category, Owner: owner, Provider, Version: '1' };
  return {
    Name,
    ...(Category === 'Rule' ? { RuleTypeId: type } : { ActionTypeId: type }),
    Configuration: configuration,
    RoleArn: CALLERS[caller],
    InputArtifacts: (inputs ?? (Category === 'Source' ? [] : ['Source'])).map((name) => ({ Name: name })),
    OutputArtifacts: outputs.map((name) => ({ Name: name })),
    ...more,
  };
}

const CONNECTION = `arn:aws:codeconnections:${REGION}:${ACCOUNT}:connection/11112222-3333-4444-5555-666677778888`;
const CLONE = { OutputArtifactFormat: 'CODEBUILD_CLONE_REF' };

/** Three sources: files, and the two kinds of full clone. */
const SOURCES = [
  stated('Source/S3', 'Files', { configuration: { S3Bucket: 'source', S3ObjectKey: 'app.zip' }, outputs: ['Source'] }),
  stated('Source/CodeCommit', 'Commit', {
    configuration: { RepositoryName: 'shop', BranchName: 'main', ...CLONE },
    outputs: ['Commit'],
  }),
  stated('Source/CodeStarSourceConnection', 'Hub', {
    configuration: { ConnectionArn: CONNECTION, FullRepositoryId: 'acme/shop', BranchName: 'main', ...CLONE },
    outputs: ['Hub'],
  }),
];
