import { Token } from 'aws-cdk-lib';
import { allActions, inOrder, type ActionPlan, type PipelinePlan } from './pipeline-plan';
import { problem, type Problem } from './problems';
import { checkVariables } from './variables';
import { ACTION_PROVIDERS, type ActionProvider } from '../facts/action-providers';
import { PIPELINE_LIMITS } from '../facts/limits';

/**
 * Every rule of the service that a plan as a whole can break. What one variant alone can break is checked where the variant is.
 *
 * @param prop the prop of the pattern that most stages come from
 */
export function checkPipeline(plan: PipelinePlan, prop: string): Problem[] {
  return [
    ...checkCounts(plan, prop),
    ...checkUnique(plan, prop),
    ...checkArtifacts(plan),
    ...allActions(plan).flatMap(checkConfiguration),
    ...checkVariables(plan),
  ];
}

function checkCounts(plan: PipelinePlan, prop: string): Problem[] {
  const { maxStages, maxActionsPerStage } = PIPELINE_LIMITS;
  const crowded = plan.stages.filter((stage) => stage.actions.length > maxActionsPerStage);
  return [
    ...(plan.stages.length > maxStages
      ? [problem(prop, `give at most ${maxStages} stages`, plan.stages.length, 'split the pipeline in two, the second started by the first')] : []),
    ...crowded.map((stage) =>
      problem(prop, `give at most ${maxActionsPerStage} actions in stage '${stage.name}'`, stage.actions.length, 'spread them over more environments')),
  ];
}

/** Stages are compared without regard to case: `prod` and `Prod` cannot be told apart by people. */
function checkUnique(plan: PipelinePlan, prop: string): Problem[] {
  const again = (names: string[]) => names.filter((name, i) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < i);
  const stages = again(plan.stages.map((stage) => stage.name));
  // Actions are named after their stages: two stages of one name say all there is to say.
  const actions = stages.length > 0 ? [] : again(allActions(plan).map((action) => action.name));
  return [
    ...stages.map((name) => problem(prop, 'give every stage a name of its own', name, 'rename the environment')),
    ...actions.map((name) => problem(prop, 'give every action a name of its own', name, 'rename the step')),
  ];
}

/** An artifact is made once, before it is used, in the numbers that the provider takes. */
function checkArtifacts(plan: PipelinePlan): Problem[] {
  return inOrder(plan).flatMap(({ action, earlier }) => {
    const provider: ActionProvider = ACTION_PROVIDERS[action.provider];
    const made = new Set(earlier.flatMap((one) => one.outputs));
    const bounds = (words: string, names: readonly string[], { min, max }: { min: number; max: number }) => {
      if (names.length >= min && names.length <= max) return [];
      return [problem(action.name, `have ${min === max ? min : `${min} to ${max}`} ${words} artifacts`, names, `see ${provider.see}`)];
    };
    return [
      ...bounds('input', action.inputs, provider.inputs),
      ...bounds('output', action.outputs, provider.outputs),
      ...action.inputs.filter((name) => !made.has(name))
        .map((name) => problem(action.name, 'use artifacts of earlier actions only', name, 'put the action that makes it before this one')),
    ];
  });
}

function checkConfiguration(action: ActionPlan): Problem[] {
  const provider: ActionProvider = ACTION_PROVIDERS[action.provider];
  const limit = PIPELINE_LIMITS.configurationValue;
  return Object.entries(action.configuration).flatMap(([key, value]) => [
    ...(key in provider.configuration ? [] : [problem(`${action.name}.${key}`, `be a configuration key of ${provider.provider}`, key, `see ${provider.see}`)]),
    ...(Token.isUnresolved(value) || value.length <= limit
      ? [] : [problem(`${action.name}.${key}`, `have at most ${limit} characters`, `${value.length} characters`, 'shorten the text')]),
  ]);
}
