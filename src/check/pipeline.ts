import type { StackScope, ModelResource } from '../assembly/scope';
import { listOf, objectOf, JsonObject, textOf } from '../assembly/json';

/** Describes a pipeline as its template declares it. Strings may be partly unknown. */
export interface PipelineModel {
  readonly resource: ModelResource;
  readonly stack: StackScope;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** By Region. */
  readonly stores: ReadonlyMap<string, ArtifactStore>;
  readonly stages: readonly StageModel[];
}

/** Describes the artifact store of a Region. */
export interface ArtifactStore {
  readonly bucketArn: string;
  /** The ID, alias or ARN of the key. Absent if the store uses the AWS managed key for S3. */
  readonly keyId?: string;
}

export interface StageModel {
  readonly name: string;
  readonly actions: readonly ActionModel[];
  /** The rules of all conditions of the stage. */
  readonly rules: readonly ActionModel[];
}

/** Describes an action, or a rule of a condition, which the check treats as an action. */
export interface ActionModel {
  /** The index in the template, because actions are sorted by their run order. */
  readonly index: number;
  readonly name: string;
  readonly category: string;
  readonly owner: string;
  readonly provider: string;
  readonly runOrder: number;
  readonly region: string;
  /** Absent if the action runs under the role of the pipeline. */
  readonly roleArn?: string;
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly commands: readonly string[];
  /** The plain environment variables of the action. */
  readonly variables: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  /** The names of the secrets in the environment variables of the action. */
  readonly secrets: readonly string[];
}

/** Reads the pipeline of a template. Ignores values that are absent or have the wrong type. */
export function readPipeline(resource: ModelResource): PipelineModel {
  const { stack, properties } = resource;
  return {
    resource,
    stack,
    name: resource.name,
    arn: resource.arn!,
    roleArn: textOf(properties.RoleArn),
    stores: readStores(resource),
    stages: listOf(properties.Stages)
      .map(objectOf)
      .map((stage) => ({
        name: textOf(stage.Name),
        actions: listOf(stage.Actions)
          .map((action, index) => ({ ...readAction(objectOf(action), stack.region), index }))
          .sort((a, b) => a.runOrder - b.runOrder),
        rules: ['BeforeEntry', 'OnSuccess', 'OnFailure']
          .flatMap((conditionType) => listOf(objectOf(stage[conditionType]).Conditions))
          .flatMap((condition) => listOf(objectOf(condition).Rules))
          .map((rule, index) => ({ ...readRule(objectOf(rule), stack.region), index })),
      })),
  };
}

function readStores({ stack, properties }: ModelResource): ReadonlyMap<string, ArtifactStore> {
  function readStore(value: unknown): ArtifactStore {
    const { Location, EncryptionKey } = objectOf(value);
    const keyId = textOf(objectOf(EncryptionKey).Id) || undefined;
    return { bucketArn: `arn:${stack.partition}:s3:::${textOf(Location)}`, keyId };
  }

  const stores = listOf(properties.ArtifactStores).map(objectOf);
  if (stores.length === 0) return new Map([[stack.region, readStore(properties.ArtifactStore)]]);
  return new Map(stores.map(({ Region, ArtifactStore }) => [textOf(Region), readStore(ArtifactStore)]));
}

function readAction(action: JsonObject, pipelineRegion: string): Omit<ActionModel, 'index'> {
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

function readRule(rule: JsonObject, pipelineRegion: string): Omit<ActionModel, 'index'> {
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
  return {
    name: textOf(action.Name),
    region: textOf(action.Region) || pipelineRegion,
    roleArn: textOf(action.RoleArn) || undefined,
    configuration: Object.fromEntries(
      Object.entries(objectOf(action.Configuration)).map(([key, value]) => [key, textOf(value)]),
    ),
    inputs: listOf(action.InputArtifacts).map((artifact) => textOf(objectOf(artifact).Name)),
    commands: listOf(action.Commands).map(textOf),
    variables: listOf(action.EnvironmentVariables)
      .map(objectOf)
      .filter(({ Type }) => Type === undefined || Type === 'PLAINTEXT')
      .map(({ Name, Value }) => ({ name: textOf(Name), value: textOf(Value) })),
    secrets: listOf(action.EnvironmentVariables)
      .map(objectOf)
      .filter(({ Type }) => Type === 'SECRETS_MANAGER')
      .map(({ Value }) => textOf(Value)),
  };
}
