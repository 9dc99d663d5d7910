import { Token } from 'aws-cdk-lib';
import { checkVariables } from './check-variables';
import { allActions, inOrder, type ActionPlan, type PipelinePlan } from './pipeline-plan';
import { checkName, problem, type Problem } from './problems';
import { providerOf } from '../facts/action-providers';
import { PIPELINE_LIMITS, PIPELINE_VARIABLE_NAME } from '../facts/limits';

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
    ...allActions(plan).flatMap(checkCommands),
    ...checkVariables(plan),
    ...checkDeclaredVariables(plan),
    ...plan.stages.flatMap(checkTransition),
    ...checkExecutionMode(plan),
    ...checkClones(plan),
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
    const provider = providerOf(action);
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
  const provider = providerOf(action);
  const limit = PIPELINE_LIMITS.configurationValue;
  return Object.entries(action.configuration).flatMap(([key, value]) => [
    ...(provider.configuration === 'any' || key in provider.configuration ? [] : [problem(`${action.name}.${key}`, `be a configuration key of ${provider.provider}`, key, `see ${provider.see}`)]),
    ...(Token.isUnresolved(value) || value.length <= limit
      ? [] : [problem(`${action.name}.${key}`, `have at most ${limit} characters`, `${value.length} characters`,
        provider.json?.includes(key) ? 'it is JSON of what a run fills in: use fewer or shorter variables' : 'shorten the text')]),
  ]);
}

function checkCommands({ name, commands = [] }: ActionPlan): Problem[] {
  const { commands: most, commandLength } = PIPELINE_LIMITS;
  return [
    ...(commands.length > most ? [problem(`${name}.commands`, `hold at most ${most} commands`, commands.length, 'put them into a script of the repository')] : []),
    ...commands.filter((command) => !Token.isUnresolved(command) && command.length > commandLength)
      .map((command) => problem(`${name}.commands`, `hold commands of at most ${commandLength} characters`, command, 'put it into a script of the repository')),
    ...commands.filter((command) => /[\r\n]/.test(command))
      .map((command) => problem(`${name}.commands`, 'hold commands of one line', command, 'make each line a command of its own, or put them into a script of the repository')),
  ];
}

/** The variables of the pipeline as a whole. */
function checkDeclaredVariables({ variables }: PipelinePlan): Problem[] {
  const { pipelineVariables, variableValue, variableDescription } = PIPELINE_LIMITS;
  return [
    ...(variables.length > pipelineVariables ? [problem('variables', `hold at most ${pipelineVariables}`, variables.length, 'take some away')] : []),
    ...variables.flatMap(({ name, defaultValue, description }, i) => [
      ...checkName(`variables[${i}].variableName`, name, PIPELINE_VARIABLE_NAME, 'rename the variable'),
      ...(variables.findIndex((other) => other.name === name) < i ? [problem('variables', 'give every variable a name of its own', name, 'rename one of them')] : []),
      ...(defaultValue === undefined || Token.isUnresolved(defaultValue) || (defaultValue.length >= 1 && defaultValue.length <= variableValue)
        ? [] : [problem(`variables[${i}].defaultValue`, `have 1 to ${variableValue} characters`, defaultValue, 'choose another value, or leave the default out')]),
      ...(description === undefined || Token.isUnresolved(description) || description.length <= variableDescription
        ? [] : [problem(`variables[${i}].description`, `have at most ${variableDescription} characters`, description, 'shorten the text')]),
    ]),
  ];
}

function checkTransition({ name, disabledReason }: PipelinePlan['stages'][number], index: number): Problem[] {
  if (disabledReason === undefined) return [];
  const prop = `${name}.transitionDisabledReason`;
  const { pattern, maxLength, words } = PIPELINE_LIMITS.disabledReason;
  return [
    ...(index === 0 ? [problem(prop, 'not be given for the first stage', disabledReason, 'nothing passes into it; use PipelineTrigger.manual() to keep runs from starting')] : []),
    ...(Token.isUnresolved(disabledReason) || (pattern.test(disabledReason) && disabledReason.length <= maxLength)
      ? [] : [problem(prop, `consist of 1 to ${maxLength} ${words}`, disabledReason, 'write it with these characters only')]),
  ];
}

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/execution-modes.html */
function checkExecutionMode({ executionMode, stages }: PipelinePlan): Problem[] {
  const back = stages.filter((stage) => stage.rollBack).map((stage) => stage.name);
  return executionMode !== 'PARALLEL' || back.length === 0 ? []
    : [problem('executionMode', 'not be PARALLEL with stages that go back on failure', back, 'runs at the same time have no last release to go back to; use SUPERSEDED or QUEUED')];
}

/** A full clone is a reference that builds alone can follow. */
function checkClones(plan: PipelinePlan): Problem[] {
  const actions = allActions(plan);
  const clones = actions.filter(({ work }) => 'fullClone' in work && work.fullClone).map(({ name }) => name);
  return actions.filter(({ work }) => work.kind !== 'build' && work.kind !== 'project').flatMap((action) =>
    action.inputs.filter((input) => clones.includes(input))
      .map((input) => problem(action.name, 'not use a full clone', input, 'only CodeBuild can read it; take the artifact of a build, or turn fullClone off')));
}
