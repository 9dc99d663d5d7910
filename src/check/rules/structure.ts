import { type ActionDeclaration, isKnown, knownList, type PipelineDeclaration, repeated } from './declaration';
import { factsOf } from './providers';
import { API, GUIDE, type ServiceRule } from './service-rule';
import { type Violation, violation } from './violation';
import { listOf, objectOf, textOf } from '../../assembly/json';
import { hasUnknown } from '../../assembly/unknown';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { chooseOneOf, consistOfUpTo, UNIQUE } from '../../common/rules';

/** Rule of the actions in the first stage. */
export const SOURCE_FIRST = 'be Source in the first stage';

const PIPELINE_STRUCTURE = `${GUIDE}/pipeline-requirements.html`;
const LIMITS = `${GUIDE}/limits.html`;
const ACTION_STRUCTURE = `${GUIDE}/action-requirements.html`;

const CATEGORIES = ['Source', 'Build', 'Test', 'Deploy', 'Invoke', 'Approval', 'Compute'];
const OWNERS = ['AWS', 'ThirdParty', 'Custom'];
const VERSION_FORM = { description: "letters, digits, '_' and '-'", maxLength: 9 };
const RUN_ORDER = { min: 1, max: 999 };
/** The guide contains both 50 and 100 actions for a stage. */
const MAX_STAGE_ACTIONS = 100;

/** Rules for the structure of stages and actions. */
export const STRUCTURE_RULES: readonly ServiceRule[] = [
  {
    id: 'StageCount',
    severity: 'error',
    summary: `A pipeline has ${PIPELINE_LIMITS.minStages} to ${PIPELINE_LIMITS.maxStages} stages.`,
    see: PIPELINE_STRUCTURE,
    violations: (pipeline) => {
      const { minStages, maxStages } = PIPELINE_LIMITS;
      const stages = knownList(pipeline.properties.Stages);
      if (stages === undefined || (stages.length >= minStages && stages.length <= maxStages)) return [];
      const fix = stages.length < minStages ? 'add a stage with an action after the sources' : 'divide the pipeline';
      return [
        violation(pipeline, 'Stages', { must: `contain ${minStages} to ${maxStages} stages`, got: stages.length, fix }),
      ];
    },
  },
  {
    id: 'StageWithoutActions',
    severity: 'error',
    summary: 'Every stage has at least one action.',
    see: PIPELINE_STRUCTURE,
    violations: ({ stages }) =>
      stages
        .filter(({ properties }) => knownList(properties.Actions)?.length === 0)
        .map((stage) =>
          violation(stage, 'Actions', { must: 'contain an action', got: 0, fix: 'add an action, or remove the stage' }),
        ),
  },
  {
    id: 'StageActionCount',
    severity: 'error',
    summary: `A stage has at most ${MAX_STAGE_ACTIONS} actions.`,
    see: LIMITS,
    violations: ({ stages }) =>
      stages
        .filter(({ actions }) => actions.length > MAX_STAGE_ACTIONS)
        .map((stage) => tooManyActions(stage, stage.actions.length, MAX_STAGE_ACTIONS)),
  },
  {
    id: 'StageActionQuota',
    severity: 'warning',
    summary: `A stage has at most ${PIPELINE_LIMITS.maxActionsPerStage} actions, according to one of two AWS pages.`,
    see: LIMITS,
    violations: ({ stages }) =>
      stages
        .filter(({ actions }) => actions.length > PIPELINE_LIMITS.maxActionsPerStage)
        .filter(({ actions }) => actions.length <= MAX_STAGE_ACTIONS)
        .map((stage) => tooManyActions(stage, stage.actions.length, PIPELINE_LIMITS.maxActionsPerStage)),
  },
  {
    id: 'PipelineActionCount',
    severity: 'error',
    summary: `A pipeline has at most ${PIPELINE_LIMITS.maxActions} actions.`,
    see: LIMITS,
    violations: (pipeline) => {
      const { maxActions } = PIPELINE_LIMITS;
      if (pipeline.actions.length <= maxActions) return [];
      const must = `contain at most ${maxActions} actions in all stages`;
      return [violation(pipeline, 'Stages', { must, got: pipeline.actions.length, fix: 'divide the pipeline' })];
    },
  },
  {
    id: 'FirstStageSources',
    severity: 'error',
    summary: 'The first stage contains source actions only.',
    see: PIPELINE_STRUCTURE,
    violations: ({ actions }) =>
      actions
        .filter(({ stageIndex, category }) => stageIndex === 0 && isOtherThan(category, 'Source'))
        .map((action) =>
          violation(action, 'ActionTypeId.Category', {
            must: SOURCE_FIRST,
            got: action.category,
            fix: 'move the action to a later stage',
          }),
        ),
  },
  {
    id: 'SourceInLaterStage',
    severity: 'error',
    summary: 'Source actions are in the first stage only.',
    see: PIPELINE_STRUCTURE,
    violations: ({ actions }) =>
      actions
        .filter(({ stageIndex, category }) => stageIndex > 0 && category === 'Source')
        .map((action) =>
          violation(action, 'ActionTypeId.Category', {
            must: 'not be Source after the first stage',
            got: action.category,
            fix: 'move the action to the first stage',
          }),
        ),
  },
  {
    id: 'StageNameUnique',
    severity: 'error',
    summary: 'Stage names are unique in a pipeline.',
    see: PIPELINE_STRUCTURE,
    violations: ({ stages }) => repeated(stages, ({ name }) => name).map((stage) => notUnique(stage, stage.name)),
  },
  {
    id: 'ActionNameUnique',
    severity: 'error',
    summary: 'Action names are unique in a stage.',
    see: ACTION_STRUCTURE,
    violations: ({ stages }) =>
      stages.flatMap(({ actions }) =>
        repeated(actions, ({ name }) => name).map((action) => notUnique(action, action.name)),
      ),
  },
  {
    id: 'RunOrder',
    severity: 'error',
    summary: `The run order is an integer from ${RUN_ORDER.min} to ${RUN_ORDER.max}.`,
    see: ACTION_STRUCTURE,
    violations: ({ actions }) =>
      actions
        .filter(({ properties: { RunOrder } }) => RunOrder !== undefined && isKnown(RunOrder))
        .filter(({ runOrder }) => !isIntegerWithin(runOrder, RUN_ORDER))
        .map((action) =>
          violation(action, 'RunOrder', {
            must: `be an integer from ${RUN_ORDER.min} to ${RUN_ORDER.max}`,
            got: action.properties.RunOrder,
            fix: 'number the actions of the stage from 1',
          }),
        ),
  },
  oneOfRule('ActionCategory', 'Category', CATEGORIES),
  oneOfRule('ActionOwner', 'Owner', OWNERS),
  {
    id: 'ActionVersion',
    severity: 'error',
    summary:
      'The version of an action type of AWS is 1. Others have at most 9 letters, digits, hyphens and underscores.',
    see: `${API}/API_ActionTypeId.html`,
    violations: ({ actions }) =>
      actions
        .map((action) => ({ action, version: objectOf(action.properties.ActionTypeId).Version }))
        .filter(({ version }) => isKnown(version))
        .flatMap(({ action, version }) => {
          const expected = factsOf(action)?.version;
          const isValid =
            expected === undefined ? /^[0-9A-Za-z_-]{1,9}$/.test(textOf(version)) : textOf(version) === expected;
          if (isValid) return [];
          const must = expected === undefined ? consistOfUpTo(VERSION_FORM) : `be ${expected}`;
          const fix = `write '${expected ?? '1'}'`;
          return [violation(action, 'ActionTypeId.Version', { must, got: version, fix })];
        }),
  },
  pipelineEnumRule('PipelineTypeValue', 'PipelineType', ['V1', 'V2']),
  pipelineEnumRule('ExecutionModeValue', 'ExecutionMode', ['SUPERSEDED', 'QUEUED', 'PARALLEL']),
  {
    id: 'DisabledTransitionStage',
    severity: 'error',
    summary: 'A disabled transition names a stage of the pipeline.',
    see: `${API}/API_DisableStageTransition.html`,
    violations: (pipeline) => {
      if (!pipeline.isComplete) return [];
      const names = pipeline.stages.map(({ name }) => name);
      return transitionsOf(pipeline)
        .filter(({ StageName }) => isKnown(StageName) && !names.some((name) => mayEqual(name, textOf(StageName))))
        .map(({ StageName, index }) =>
          violation(pipeline, `DisableInboundStageTransitions[${index}].StageName`, {
            must: 'be the name of a stage',
            got: StageName,
            fix: chooseOneOf(names.slice(1)),
          }),
        );
    },
  },
  {
    id: 'DisabledTransitionReason',
    severity: 'error',
    summary: 'The reason for a disabled transition has 1 to 300 characters, which do not include quotes.',
    see: `${API}/API_DisableStageTransition.html`,
    violations: (pipeline) => {
      const { pattern, maxLength } = PIPELINE_LIMITS.disabledReason;
      return transitionsOf(pipeline)
        .filter(({ Reason }) => isKnown(Reason))
        .filter(({ Reason }) => !pattern.test(textOf(Reason)) || textOf(Reason).length > maxLength)
        .map(({ Reason, index }) =>
          violation(pipeline, `DisableInboundStageTransitions[${index}].Reason`, {
            must: consistOfUpTo(PIPELINE_LIMITS.disabledReason),
            got: Reason,
            fix: 'rephrase the reason',
          }),
        );
    },
  },
];

function tooManyActions(stage: Parameters<typeof violation>[0], got: number, max: number): Violation {
  return violation(stage, 'Actions', { must: `contain at most ${max} actions`, got, fix: 'divide the stage' });
}

function notUnique(declared: Parameters<typeof violation>[0], name: string): Violation {
  return violation(declared, 'Name', { must: UNIQUE, got: name, fix: 'rename one of them' });
}

function oneOfRule(id: string, key: 'Category' | 'Owner', values: readonly string[]): ServiceRule {
  function valueOf(action: ActionDeclaration) {
    return objectOf(action.properties.ActionTypeId)[key];
  }

  return {
    id,
    severity: 'error',
    summary: `The ${key.toLowerCase()} of an action is ${values.join(', ')}.`,
    see: `${API}/API_ActionTypeId.html`,
    violations: ({ actions }) =>
      actions
        .filter((action) => isKnown(valueOf(action)) && !values.includes(textOf(valueOf(action))))
        .map((action) =>
          violation(action, `ActionTypeId.${key}`, {
            must: `be ${values.join(', ')}`,
            got: valueOf(action),
            fix: `write the ${key.toLowerCase()} of the provider as its reference page does`,
          }),
        ),
  };
}

function pipelineEnumRule(id: string, key: string, values: readonly string[]): ServiceRule {
  return {
    id,
    severity: 'error',
    summary: `${key} is ${values.join(' or ')}.`,
    see: PIPELINE_STRUCTURE,
    violations: (pipeline) => {
      const value = pipeline.properties[key];
      if (value === undefined || !isKnown(value) || values.includes(textOf(value))) return [];
      return [
        violation(pipeline, key, {
          must: `be ${values.join(' or ')}`,
          got: value,
          fix: `write ${values.join(' or ')}`,
        }),
      ];
    },
  };
}

function transitionsOf({ properties }: PipelineDeclaration) {
  return listOf(properties.DisableInboundStageTransitions).map((transition, index): Transition => {
    const { StageName, Reason } = objectOf(transition);
    return { StageName, Reason, index };
  });
}

interface Transition {
  readonly StageName: unknown;
  readonly Reason: unknown;
  readonly index: number;
}

/** Returns whether a known value differs from another. An absent value is reported by the rule for the values. */
function isOtherThan(value: string, other: string) {
  return CATEGORIES.includes(value) && value !== other;
}

function mayEqual(a: string, b: string) {
  return a === b || hasUnknown(a);
}

function isIntegerWithin(value: number, { min, max }: { readonly min: number; readonly max: number }) {
  return Number.isInteger(value) && value >= min && value <= max;
}
