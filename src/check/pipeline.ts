import type { StackScope, ModelResource } from '../assembly/scope';
import { listOf, objectOf, JsonObject, textOf } from '../assembly/json';

/** A pipeline as its template declares it, whoever made it. Texts may be partly unknown. */
export interface PipelineModel {
  readonly resource: ModelResource;
  readonly stack: StackScope;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** By region. */
  readonly stores: ReadonlyMap<string, ArtifactStore>;
  readonly stages: readonly StageModel[];
}

/** The bucket, and the key when one is given, through which the actions of a region hand on artifacts. */
export interface ArtifactStore {
  readonly bucketArn: string;
  /** Id, alias or ARN as given; absent: the key that AWS manages for S3. */
  readonly keyId?: string;
}

export interface StageModel {
  readonly name: string;
  readonly actions: readonly ActionModel[];
  /** Rules of all conditions of the stage. */
  readonly rules: readonly ActionModel[];
}

/** An action, or a rule of a condition, which is an action in all that matters here. */
export interface ActionModel {
  readonly name: string;
  readonly category: string;
  readonly owner: string;
  readonly provider: string;
  readonly runOrder: number;
  readonly region: string;
  /** Absent: it runs under the role of the pipeline. */
  readonly roleArn?: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Environment variables of the action that hold the name of a secret. */
  readonly secrets: readonly string[];
}

/** Reads what a template says of a pipeline; what is missing or of the wrong shape reads as nothing. */
export function readPipeline(resource: ModelResource): PipelineModel {
  const { stack, properties } = resource;

  function store(value: unknown): ArtifactStore {
    const { Location, EncryptionKey } = objectOf(value);
    const keyId = textOf(objectOf(EncryptionKey).Id);
    return { bucketArn: `arn:${stack.partition}:s3:::${textOf(Location)}`, ...(keyId !== '' && { keyId }) };
  }

  const stores = listOf(properties.ArtifactStores).map(objectOf);
  return {
    resource,
    stack,
    name: resource.name,
    arn: resource.arn!,
    roleArn: textOf(properties.RoleArn),
    stores: new Map(
      stores.length > 0
        ? stores.map(({ Region, ArtifactStore }) => [textOf(Region), store(ArtifactStore)])
        : [[stack.region, store(properties.ArtifactStore)]],
    ),
    stages: listOf(properties.Stages)
      .map(objectOf)
      .map((stage) => ({
        name: textOf(stage.Name),
        actions: listOf(stage.Actions)
          .map((action) => readAction(objectOf(action), stack.region))
          .sort((a, b) => a.runOrder - b.runOrder),
        rules: ['BeforeEntry', 'OnSuccess', 'OnFailure']
          .flatMap((place) => listOf(objectOf(stage[place]).Conditions))
          .flatMap((condition) => listOf(objectOf(condition).Rules))
          .map((rule) => readRule(objectOf(rule), stack.region)),
      })),
  };
}

function readAction(action: JsonObject, pipelineRegion: string): ActionModel {
  const type = objectOf(action.ActionTypeId);
  return {
    ...readCommon(action, pipelineRegion),
    category: textOf(type.Category),
    owner: textOf(type.Owner),
    provider: textOf(type.Provider),
    runOrder: Number(action.RunOrder ?? 1) || 1,
    outputs: listOf(action.OutputArtifacts).map((artifact) => textOf(objectOf(artifact).Name)),
  };
}

function readRule(rule: JsonObject, pipelineRegion: string): ActionModel {
  const type = objectOf(rule.RuleTypeId);
  return {
    ...readCommon(rule, pipelineRegion),
    category: 'Rule',
    owner: textOf(type.Owner) || 'AWS',
    provider: textOf(type.Provider),
    runOrder: 1,
    outputs: [],
  };
}

function readCommon(action: JsonObject, pipelineRegion: string) {
  const roleArn = textOf(action.RoleArn);
  return {
    name: textOf(action.Name),
    region: textOf(action.Region) || pipelineRegion,
    ...(roleArn !== '' && { roleArn }),
    configuration: Object.fromEntries(
      Object.entries(objectOf(action.Configuration)).map(([key, value]) => [key, textOf(value)]),
    ),
    inputs: listOf(action.InputArtifacts).map((artifact) => textOf(objectOf(artifact).Name)),
    secrets: listOf(action.EnvironmentVariables)
      .map(objectOf)
      .filter(({ Type }) => Type === 'SECRETS_MANAGER')
      .map(({ Value }) => textOf(Value)),
  };
}
