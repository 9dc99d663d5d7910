import { Token } from 'aws-cdk-lib';
import { validateArchitectures } from './architectures';
import { validateConditions } from './conditions';
import { validateNames } from './names';
import { validateObjectTexts } from './object-texts';
import { validateReceivers } from './receivers';
import { validateStacks } from './stacks';
import { validateVariableUses } from './variable-uses';
import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS, PIPELINE_VARIABLE_NAME } from '../../aws/limits';
import { allActions, allSteps, stepsInOrder } from '../actions';
import { validateEnvironmentOutputs } from '../environment-outputs';
import type { PipelinePlan, StepPlan } from '../pipeline-plan';
import { pathIn, type Problems } from '../problems';

/**
 * Validates every rule of the service that a plan as a whole can break. What one variant alone can break is validated
 * where it is planned.
 *
 * @param problems collector at the props of the pattern
 * @param stagesProp property of the pattern that most stages come from
 */
export function validatePipeline(plan: PipelinePlan, problems: Problems, stagesProp: string): void {
  const stages = problems.at(stagesProp);
  validateCounts(plan, stages);
  validateNames(plan, stages);
  validateArtifacts(plan, problems);
  for (const step of allSteps(plan)) {
    validateConfiguration(step, problems);
    validateCommands(step, problems);
  }
  validateVariableUses(plan, problems);
  validateObjectTexts(plan, problems);
  validateEnvironmentOutputs(plan, problems);
  validateDeclaredVariables(plan, problems.at('variables'));
  validateConditions(plan, problems);
  validateFullClones(plan, problems);
  validateStacks(plan, stages);
  validateReceivers(plan, stages);
  validateArchitectures(plan, problems);
}

const SPLIT = 'split the pipeline in two, the second started by the first';

function validateCounts(plan: PipelinePlan, problems: Problems): void {
  const { maxStages, maxActionsPerStage, maxActions } = PIPELINE_LIMITS;
  const actions = allActions(plan).length;
  if (plan.stages.length > maxStages) problems.add(`give at most ${maxStages} stages`, plan.stages.length, SPLIT);
  for (const stage of plan.stages.filter((each) => each.actions.length > maxActionsPerStage)) {
    problems.add(
      `give at most ${maxActionsPerStage} actions in stage '${stage.name}'`,
      stage.actions.length,
      stage.wave ? 'spread its environments over more waves' : 'spread them over more environments',
    );
  }
  if (actions > maxActions) problems.add(`give at most ${maxActions} actions in all`, actions, SPLIT);
}

/** Validates that an artifact is produced once, before it is used, and that each provider gets as many as it takes. */
function validateArtifacts(plan: PipelinePlan, problems: Problems): void {
  for (const { action, earlier } of stepsInOrder(plan)) {
    const provider = providerOf(action);
    const at = problems.at(action.path);
    const produced = new Set(earlier.flatMap(({ outputs }) => outputs));
    validateBounds(at, 'input', action.inputs, provider.inputs, provider.see);
    validateBounds(at, 'output', action.outputs, provider.outputs, provider.see);
    for (const name of action.follows ?? []) {
      if (earlier.some((other) => other.name === name)) continue;
      at.add(
        'come after the step whose image it works on',
        name,
        'put that step into the same stage or an earlier one',
      );
    }
    for (const name of action.inputs.filter((input) => !produced.has(input))) {
      at.add('use artifacts of earlier actions only', name, artifactFix(plan, action, name));
    }
  }
}

function validateBounds(
  problems: Problems,
  words: string,
  names: readonly string[],
  { min, max }: { min: number; max: number },
  see: string,
): void {
  if (names.length >= min && names.length <= max) return;
  problems.add(`have ${min === max ? min : `${min} to ${max}`} ${words} artifacts`, names, `see ${see}`);
}

/** Returns what to do about an artifact that is not there when it is needed. */
function artifactFix(plan: PipelinePlan, action: StepPlan, artifact: string): string {
  const actions = allActions(plan);
  if (action.outputs.includes(artifact)) return 'it is what the step itself makes; choose another';
  if (actions.some(({ outputs }) => outputs.includes(artifact))) return 'put the action that makes it before this one';
  const ofTests = actions.filter(
    ({ tests, outputs }) => tests !== undefined && outputs.some((name) => name.replace(`-${tests}`, '') === artifact),
  );
  if (ofTests.length > 0) return 'it is made inside of an environment, for the tests of that environment alone';
  const owner = actions.find(({ name }) => name === artifact || String(artifact).startsWith(`${name}_`));
  if (!owner) return 'no step of the pipeline makes it; add that step to a stage before this one';
  return owner.outputs.length > 0
    ? `'${owner.name}' makes ${owner.outputs.join(', ')}`
    : `'${owner.name}' makes none; give it an output, or work on the artifact of another step`;
}

function validateConfiguration(action: StepPlan, problems: Problems): void {
  const provider = providerOf(action);
  const { configurationKey, configurationValue } = PIPELINE_LIMITS;
  for (const [key, value] of Object.entries(action.configuration)) {
    const at = problems.root(pathIn(action, key));
    if (key.length < 1 || key.length > configurationKey) {
      const rule = `have keys of 1 to ${configurationKey} characters`;
      problems.root(pathIn(action, 'configuration')).add(rule, key, 'use the keys of the action type');
    }
    // Sources validate their own: each value of theirs is a prop.
    if (value === '' && provider.category !== 'Source') at.add('not be empty', value, 'leave it out, or say something');
    if (provider.configuration !== 'any' && !(key in provider.configuration)) {
      at.add(`be a configuration key of ${provider.provider}`, key, `see ${provider.see}`);
    }
    if (!Token.isUnresolved(value) && value.length > configurationValue) {
      const json = 'it is JSON of what a run fills in: use fewer or shorter variables';
      const fix = provider.tooLong?.[key] ?? (provider.json?.includes(key) ? json : 'shorten the text');
      at.add(`have at most ${configurationValue} characters`, `${value.length} characters`, fix);
    }
  }
}

function validateCommands(action: StepPlan, problems: Problems): void {
  const { commands: most, commandLength } = PIPELINE_LIMITS;
  const { commands = [] } = action;
  const at = problems.root(pathIn(action, 'commands'));
  if (commands.length > most) {
    at.add(`hold at most ${most} commands`, commands.length, 'put them into a script of the repository');
  }
  for (const command of commands) {
    if (!Token.isUnresolved(command) && command.length > commandLength) {
      const rule = `hold commands of at most ${commandLength} characters`;
      at.add(rule, command, 'put it into a script of the repository');
    }
    if (/[\r\n]/.test(command)) {
      const fix = 'make each line a command of its own, or put them into a script of the repository';
      at.add('hold commands of one line', command, fix);
    }
  }
}

/** Validates the variables of the pipeline as a whole. */
function validateDeclaredVariables(plan: PipelinePlan, problems: Problems): void {
  const { variables } = plan;
  const { pipelineVariables, variableValue, variableDescription } = PIPELINE_LIMITS;
  if (variables.length > pipelineVariables) {
    problems.add(`hold at most ${pipelineVariables}`, variables.length, 'take some away');
  }
  for (const [i, { name, defaultValue, description }] of variables.entries()) {
    const at = problems.index(i);
    at.at('variableName').name(name, PIPELINE_VARIABLE_NAME, 'rename the variable');
    if (variables.findIndex((other) => other.name === name) < i) {
      problems.add('give every variable a name of its own', name, 'rename one of them');
    }
    if (defaultValue !== undefined && !hasLength(defaultValue, 1, variableValue)) {
      const fix = 'choose another value, or leave the default out';
      at.at('defaultValue').add(`have 1 to ${variableValue} characters`, defaultValue, fix);
    }
    if (defaultValue === undefined && startsAutomatically(plan)) {
      at.at('defaultValue').add(
        'be given when changes, times or other pipelines start runs',
        name,
        'such a run cannot say a value and would fail; give a default, or let people start every run with ' +
          'PipelineTrigger.manual()',
      );
    }
    if (description !== undefined && !hasLength(description, 0, variableDescription)) {
      const rule = `have at most ${variableDescription} characters`;
      at.at('description').add(rule, description, 'shorten the text');
    }
  }
}

function hasLength(text: string, min: number, max: number): boolean {
  return Token.isUnresolved(text) || (text.length >= min && text.length <= max);
}

/** Returns whether anything but a person starts executions. */
function startsAutomatically(plan: PipelinePlan): boolean {
  return (
    plan.gitTriggers.length > 0 ||
    plan.eventTriggers.length > 0 ||
    allActions(plan).some(({ configuration }) => configuration.DetectChanges === 'true')
  );
}

/** Validates that only CodeBuild uses a full clone: it is a reference that nothing else can follow. */
function validateFullClones(plan: PipelinePlan, problems: Problems): void {
  const steps = allSteps(plan);
  const clones = steps.filter(({ fullClone }) => fullClone).map(({ name }) => name);
  for (const step of steps.filter(({ readsFullClone }) => !readsFullClone)) {
    for (const input of step.inputs.filter((name) => clones.includes(name))) {
      const fix = 'only CodeBuild can read it; take the artifact of a build, or turn fullClone off';
      problems.at(step.path).add('not use a full clone', input, fix);
    }
  }
}
