import { isObject, type JsonObject, listOf, objectOf, textOf } from '../../assembly/json';
import type { ModelResource } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';

/** The types of the conditions of a stage. */
export const CONDITION_TYPES = ['BeforeEntry', 'OnSuccess', 'OnFailure'] as const;

export type ConditionType = (typeof CONDITION_TYPES)[number];

/** Describes a pipeline as the template declares it, including invalid values. */
export interface PipelineDeclaration extends Declared {
  readonly resource: ModelResource;
  readonly stages: readonly StageDeclaration[];
  /** The actions of all stages. */
  readonly actions: readonly ActionDeclaration[];
  /** The actions, and the rules of conditions. */
  readonly steps: readonly ActionDeclaration[];
  /** Whether the template decides all stages and actions. If not, missing ones cannot be reported. */
  readonly isComplete: boolean;
}

/** Describes a part of a pipeline. */
export interface Declared {
  readonly path: string;
  readonly stageName?: string;
  readonly actionName?: string;
  readonly properties: JsonObject;
}

export interface StageDeclaration extends Declared {
  readonly index: number;
  readonly name: string;
  readonly actions: readonly ActionDeclaration[];
  readonly conditions: readonly ConditionDeclaration[];
}

export interface ConditionDeclaration extends Declared {
  readonly type: ConditionType;
  /** The conditions in the list. AWS accepts one. */
  readonly items: readonly Declared[];
  readonly rules: readonly ActionDeclaration[];
}

/** Describes an action, or a rule of a condition. */
export interface ActionDeclaration extends Declared {
  readonly kind: 'action' | 'rule';
  readonly stageIndex: number;
  readonly name: string;
  readonly category: string;
  readonly owner: string;
  readonly provider: string;
  readonly region: string;
  readonly runOrder: number;
  readonly configuration: JsonObject;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Reads the pipeline of a template. */
export function readDeclaration(resource: ModelResource): PipelineDeclaration {
  const { properties, stack } = resource;
  const stageItems = listOf(properties.Stages);
  const stages = stageItems.map((stage, index) => readStage(objectOf(stage), index, stack.region));
  const actions = stages.flatMap((stage) => stage.actions);
  return {
    resource,
    path: '',
    properties,
    stages,
    actions,
    steps: [...actions, ...stages.flatMap(({ conditions }) => conditions.flatMap(({ rules }) => rules))],
    isComplete: stageItems.every(isObject) && stages.every((stage) => listOf(stage.properties.Actions).every(isObject)),
  };
}

function readStage(properties: JsonObject, index: number, region: string): StageDeclaration {
  const path = `Stages[${index}]`;
  const name = textOf(properties.Name);
  const common = { stageName: name, stageIndex: index, region };
  return {
    index,
    path,
    name,
    stageName: name,
    properties,
    actions: listOf(properties.Actions).map((action, actionIndex) =>
      readAction(objectOf(action), `${path}.Actions[${actionIndex}]`, common),
    ),
    conditions: CONDITION_TYPES.filter((type) => properties[type] !== undefined).map((type) =>
      readCondition(objectOf(properties[type]), type, `${path}.${type}`, common),
    ),
  };
}

interface Place {
  readonly stageName: string;
  readonly stageIndex: number;
  /** The Region of the pipeline. */
  readonly region: string;
}

function readCondition(properties: JsonObject, type: ConditionType, path: string, place: Place): ConditionDeclaration {
  const items = listOf(properties.Conditions).map((item, index) => ({
    path: `${path}.Conditions[${index}]`,
    stageName: place.stageName,
    properties: objectOf(item),
  }));
  const rules = items.flatMap((item) =>
    listOf(item.properties.Rules).map((rule, index) => readRule(objectOf(rule), `${item.path}.Rules[${index}]`, place)),
  );
  return { path, stageName: place.stageName, properties, type, items, rules };
}

function readAction(properties: JsonObject, path: string, place: Place): ActionDeclaration {
  const { ActionTypeId } = properties;
  return {
    ...readCommon(properties, path, place),
    kind: 'action',
    category: memberText(ActionTypeId, 'Category'),
    owner: memberText(ActionTypeId, 'Owner'),
    provider: memberText(ActionTypeId, 'Provider'),
    runOrder: Number(properties.RunOrder ?? 1),
    outputs: namesOf(properties.OutputArtifacts),
  };
}

function readRule(properties: JsonObject, path: string, place: Place): ActionDeclaration {
  const { RuleTypeId } = properties;
  return {
    ...readCommon(properties, path, place),
    kind: 'rule',
    category: 'Rule',
    owner: memberText(RuleTypeId, 'Owner') || 'AWS',
    provider: memberText(RuleTypeId, 'Provider'),
    runOrder: 1,
    outputs: [],
  };
}

function readCommon(properties: JsonObject, path: string, { stageName, stageIndex, region }: Place) {
  const name = textOf(properties.Name);
  return {
    path,
    stageName,
    actionName: name,
    stageIndex,
    name,
    properties,
    region: textOf(properties.Region) || region,
    configuration: objectOf(properties.Configuration),
    inputs: namesOf(properties.InputArtifacts),
    outputs: [],
  };
}

function namesOf(artifacts: unknown): string[] {
  return listOf(artifacts).map((artifact) => memberText(artifact, 'Name'));
}

/** Returns a member of a block as text. If the block is unknown, so are its members. */
function memberText(block: unknown, key: string): string {
  if (typeof block === 'string' && hasUnknown(block)) return block;
  return textOf(objectOf(block)[key]);
}

/** Returns whether a value is completely in the template. */
export function isKnown(value: unknown): boolean {
  return !hasUnknown(textOf(value));
}

/** Returns a list if the template decides its items. An absent list is empty. */
export function knownList(value: unknown): readonly unknown[] | undefined {
  const items = listOf(value);
  if (items.every((item) => typeof item !== 'string' || !hasUnknown(item))) return items;
  return undefined;
}

/** Returns the items whose key occurs before in the list, except those with an unknown or empty key. */
export function repeated<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === '' || hasUnknown(key)) return false;
    if (seen.has(key)) return true;
    seen.add(key);
    return false;
  });
}

/** Returns whether an action may end before another begins. The conditions of a stage follow its actions. */
export function mayPrecede(first: ActionDeclaration, second: ActionDeclaration): boolean {
  if (first.stageIndex !== second.stageIndex) return first.stageIndex < second.stageIndex;
  if (second.kind === 'rule') return !second.path.includes('.BeforeEntry.');
  const orders = [first.properties.RunOrder, second.properties.RunOrder];
  return !orders.every(isKnown) || first.runOrder < second.runOrder;
}

/** Returns the deploy actions of a provider of AWS whose configuration is known. */
export function deployActions({ actions }: PipelineDeclaration, provider: string): ActionDeclaration[] {
  return actions.filter(
    (action) =>
      action.category === 'Deploy' &&
      action.owner === 'AWS' &&
      action.provider === provider &&
      isObject(action.properties.Configuration),
  );
}
