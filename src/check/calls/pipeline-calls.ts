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

/** The calls of one action, or of the pipeline itself. */
export interface CallGroup {
  /** Absent for what belongs to the pipeline as a whole. */
  readonly stage?: string;
  readonly action?: string;
  /** In the order in which they are made. */
  readonly calls: readonly Call[];
  /** What nobody here knows the calls of, e.g. "Deploy by Acme". */
  readonly unmodelled?: string;
}

const ROLE_CHAIN = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html';
const TRUST = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/security-iam.html';

/** Every call that a pipeline is known to make, by stage and action. */
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

/** An artifact, the region in which it was made and the action that made it. */
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
    // Workers of custom actions ask for their jobs, and those of third parties have accounts of their own: no role of
    // ours calls anything.
    return owner === 'Custom' ? { calls: [] } : { calls: [], unmodelled: `${category} by ${name} (owner ${owner})` };
  }

  const common = { caller: { role }, from: pipeline.stack };
  const isInferred = provider.artifacts === 'inferred';

  function artifactCalls(make: typeof readArtifact, artifacts: readonly StoredArtifact[]) {
    return artifacts
      .flatMap((artifact) => make(common, artifact))
      .map((call): Call => (isInferred ? { ...call, basis: 'inferred' } : call));
  }

  const calls = [
    ...assumeCalls(context),
    ...context.inputs.flatMap((artifact) => copyCalls(artifact, pipeline, action.region, produced)),
    ...(asked(provider.reads, context) ? artifactCalls(readArtifact, context.inputs) : []),
    ...callsOfRows(context, provider.rows ?? []),
    ...(provider.more?.(context) ?? []),
    ...(project ? projectCalls(project, context, outputs) : []),
    ...(asked(provider.writes, context) ? artifactCalls(writeArtifact, outputs) : []),
  ];
  return { calls: STEPS.flatMap((step) => calls.filter((call) => call.step === step)) };
}

function providerOf({ category, provider }: ActionModel): ProviderCalls | undefined {
  const key = `${category}/${provider}`;
  return Object.hasOwn(PROVIDERS, key) ? PROVIDERS[key] : undefined;
}

function asked(answer: ProviderCalls['reads'], context: ActionContext) {
  return typeof answer === 'function' ? answer(context) : answer === true;
}

/** The pipeline takes on the role of the action. */
function assumeCalls({ pipeline, action }: ActionContext): Call[] {
  if (action.roleArn === undefined) return [];
  return [
    {
      step: 'assume',
      caller: { role: pipeline.roleArn },
      call: 'sts:AssumeRole',
      resource: action.roleArn,
      basis: 'documented',
      source: ROLE_CHAIN,
      from: pipeline.stack,
      ...(action.roleArn === pipeline.roleArn && {
        uncertainty: 'the action names the role of the pipeline itself: whether CodePipeline assumes it again is not known',
      }),
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

/**
 * Where an action of a region finds an artifact: there, or in the copy that CodePipeline makes of it for the region.
 */
function inputOf(
  name: string,
  pipeline: PipelineModel,
  region: string,
  model: IamModel,
  produced: Map<string, Produced>,
): StoredArtifact {
  const origin = produced.get(name);
  const cloneOf =
    origin?.producer.action.configuration.OutputArtifactFormat === 'CODEBUILD_CLONE_REF' ? { cloneOf: origin.producer } : {};
  if (origin?.region === region) return { ...origin.artifact, ...cloneOf };
  const store = pipeline.stores.get(region) ?? missingStore(pipeline, region);
  return { ...storedArtifact(pipeline, name, store, storeKey(model, pipeline, region, store)), ...cloneOf };
}

/** Copying an artifact into the store of another region is the pipeline's work. */
function copyCalls(
  { name }: StoredArtifact,
  pipeline: PipelineModel,
  region: string,
  produced: Map<string, Produced>,
): Call[] {
  const origin = produced.get(name);
  return !origin || origin.region === region
    ? []
    : readArtifact({ caller: { role: pipeline.roleArn }, from: pipeline.stack }, origin.artifact);
}

/** A region without a store is a mistake of another kind, or the store of a region that is not known. */
function missingStore(pipeline: PipelineModel, region: string) {
  return {
    bucketArn: `arn:${pipeline.stack.partition}:s3:::${unknown({ pipeline }, `artifact store of ${region}`)}`,
    keyId: `arn:${pipeline.stack.partition}:kms:${region}:${pipeline.stack.account}:key/${unknown({ pipeline }, `key of the artifact store of ${region}`)}`,
  };
}
