import type { ActionModel, PipelineModel } from '../pipeline';
import { readArtifact, storeCalls, storedArtifact, storeKey, writeArtifact } from './artifacts';
import { projectCalls, projectKey } from './builds/project-calls';
import { ActionContext, Call, callsOfRows, ProviderCalls, STEPS, StoredArtifact, unknown } from './call';
import { notificationCalls } from './notifications';
import { assumedBy } from './pass-role';
import { PROVIDERS } from './providers';
import { projectOf } from './providers/build';
import { triggerCalls } from './triggers';
import type { IamModel } from '../model/iam-model';
import { memberOf } from '../../assembly/json';
import { equals } from '../../assembly/match';

/** The calls of one action, or of the pipeline itself. */
export interface CallGroup {
  /** Absent for calls of the pipeline itself. */
  readonly stage?: string;
  readonly action?: string;
  /** In the order in which they are made. */
  readonly calls: readonly Call[];
  /** The action, if its calls are not modelled, e.g. "Deploy by Acme". */
  readonly unmodelled?: string;
}

const ROLE_CHAIN = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html';
const CROSS_REGION = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-cross-region.html';
const TRUST = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/security-iam.html';

/** Returns the known calls of a pipeline, by stage and action. */
export function callsOf(pipeline: PipelineModel, model: IamModel): CallGroup[] {
  const produced = new Map<string, Produced>();
  return [
    {
      calls: [
        assumedBy('codepipeline.amazonaws.com', pipeline.roleArn, pipeline.stack, {
          source: TRUST,
          context: { 'aws:sourcearn': [pipeline.arn] },
        }),
        ...storeCalls(pipeline, model),
        ...triggerCalls(pipeline, model),
        ...notificationCalls(pipeline, model),
      ],
    },
    ...pipeline.stages.flatMap(({ name: stage, actions, rules }) => [
      ...actions.map((action) => ({ stage, action: action.name, ...actionCalls(pipeline, action, model, produced) })),
      ...rules.map((rule) => ({ stage, action: rule.name, ...actionCalls(pipeline, rule, model, produced) })),
    ]),
  ];
}

/** Describes an artifact with the Region and the action that produces it. */
interface Produced {
  readonly artifact: StoredArtifact;
  readonly region: string;
  readonly producer: ActionContext;
}

function actionCalls(
  pipeline: PipelineModel,
  action: ActionModel,
  model: IamModel,
  produced: Map<string, Produced>,
): Pick<CallGroup, 'calls' | 'unmodelled'> {
  const provider = providerOf(action);
  const role = action.roleArn ?? pipeline.roleArn;
  const context: ActionContext = {
    model,
    pipeline,
    action,
    role,
    account: role.split(':')[4] ?? unknown({ pipeline }, `account of ${action.name}`),
    region: action.region,
    source: provider?.source ?? '',
    store: (pipeline.stores.get(action.region) ?? missingStore(pipeline, action.region)).bucketArn,
    inputs: action.inputs.map((name) => inputOf(name, pipeline, action.region, model, produced)),
  };
  const project = /^(Build|Test|Rule)\/CodeBuild$/.test(`${action.category}/${action.provider}`)
    ? projectOf(context)
    : undefined;
  const outputs = action.outputs.map((name) => outputOf(name, context, project && projectKey(model, project)));
  outputs.forEach((artifact) => produced.set(artifact.name, { artifact, region: action.region, producer: context }));
  if (!provider) {
    const { category, owner, provider: name } = action;
    // Job workers of custom actions poll for jobs, and those of third parties use their own accounts: no role of the
    // templates makes a call.
    if (owner === 'Custom') return { calls: [] };
    return { calls: [], unmodelled: `${category} by ${name} (owner ${owner})` };
  }

  const common = { caller: { role }, from: pipeline.stack };
  const evidence = provider.artifacts;

  function artifactCalls(callsOfArtifact: typeof readArtifact, artifacts: readonly StoredArtifact[]) {
    return artifacts
      .flatMap((artifact) => callsOfArtifact(common, artifact))
      .map((call): Call => withEvidence(call, evidence));
  }

  const calls = assumeCalls(context);
  calls.push(...context.inputs.flatMap((artifact) => copyCalls(artifact, pipeline, action.region, produced)));
  if (applies(provider.reads, context)) calls.push(...artifactCalls(readArtifact, context.inputs));
  calls.push(...callsOfRows(context, provider.rows ?? []), ...(provider.more?.(context) ?? []));
  if (project) calls.push(...projectCalls(project, context, outputs));
  if (applies(provider.writes, context)) calls.push(...artifactCalls(writeArtifact, outputs));
  return { calls: STEPS.flatMap((step) => calls.filter((call) => call.step === step)) };
}

/** Replaces the evidence for a call, unless it is uncertain whether the call is made or requires the permission. */
function withEvidence(call: Call, evidence: ProviderCalls['artifacts']): Call {
  const hasEvidence = call.uncertainty !== undefined || call.notRequired !== undefined;
  if (evidence === undefined || hasEvidence) return call;
  return { ...call, ...evidence };
}

function providerOf({ category, provider }: ActionModel): ProviderCalls | undefined {
  return memberOf(PROVIDERS, `${category}/${provider}`);
}

function applies(condition: ProviderCalls['reads'], context: ActionContext) {
  if (typeof condition === 'function') return condition(context);
  return condition === true;
}

/** Returns the call of the pipeline that assumes the action role. */
function assumeCalls({ pipeline, action }: ActionContext): Call[] {
  if (action.roleArn === undefined) return [];
  const isPipelineRole = action.roleArn === pipeline.roleArn;
  return [
    {
      step: 'assume',
      caller: { role: pipeline.roleArn },
      call: 'sts:AssumeRole',
      resource: action.roleArn,
      basis: 'documented',
      source: ROLE_CHAIN,
      from: pipeline.stack,
      uncertainty: isPipelineRole
        ? 'the action role is the pipeline role, and it is unknown whether CodePipeline assumes it again'
        : undefined,
    },
  ];
}

function outputOf(
  name: string,
  { model, pipeline, action, account }: ActionContext,
  keyOfProject: string | undefined,
): StoredArtifact {
  const store = pipeline.stores.get(action.region) ?? missingStore(pipeline, action.region);
  return storedArtifact(
    pipeline,
    name,
    store,
    keyOfProject ?? storeKey(model, pipeline, action.region, store, account),
  );
}

/** Returns the input artifact of an action, or the copy of it that CodePipeline creates in the Region of the action. */
function inputOf(
  name: string,
  pipeline: PipelineModel,
  region: string,
  model: IamModel,
  produced: Map<string, Produced>,
): StoredArtifact {
  const origin = produced.get(name);
  const isClone = origin?.producer.action.configuration.OutputArtifactFormat === 'CODEBUILD_CLONE_REF';
  const cloneOf = isClone ? origin.producer : undefined;
  if (origin?.region === region) return { ...origin.artifact, cloneOf };
  const store = pipeline.stores.get(region) ?? missingStore(pipeline, region);
  return { ...storedArtifact(pipeline, name, store, storeKey(model, pipeline, region, store)), cloneOf };
}

/** Returns the calls of the pipeline role that copy an artifact to the store of another Region. */
function copyCalls(
  copy: StoredArtifact,
  pipeline: PipelineModel,
  region: string,
  produced: Map<string, Produced>,
): Call[] {
  const origin = produced.get(copy.name);
  if (!origin || equals(origin.region, region) !== 'no') return [];
  const common = { caller: { role: pipeline.roleArn }, from: pipeline.stack };
  return [
    ...readArtifact(common, origin.artifact),
    ...writeArtifact(common, copy, CROSS_REGION).map((call): Call => ({ ...call, step: 'read' })),
  ];
}

/** Returns an unknown store, for a Region that is unknown or has no artifact store. */
function missingStore(pipeline: PipelineModel, region: string) {
  const { partition, account } = pipeline.stack;
  const keyId = unknown({ pipeline }, `key of the artifact store of ${region}`);
  return {
    bucketArn: `arn:${partition}:s3:::${unknown({ pipeline }, `artifact store of ${region}`)}`,
    keyId: `arn:${partition}:kms:${region}:${account}:key/${keyId}`,
  };
}
