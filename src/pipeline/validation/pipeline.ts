import { Token } from 'aws-cdk-lib';
import { validateArchitectures } from './architectures';
import { validateConditions } from './conditions';
import { validateExecutionMode } from './execution-mode';
import { validateExecutionRoles } from './execution-roles';
import { validateImages } from './images';
import { validateNames } from './names';
import { validateObjectTexts } from './object-texts';
import { validateDomainNames, validateReceivers } from './receivers';
import { validateStacks } from './stacks';
import { validateVariableUses } from './variable-uses';
import { providerOf } from '../../aws/action-providers';
import { PIPELINE_LIMITS, PIPELINE_VARIABLE_NAME } from '../../aws/limits';
import { allActions, allSteps, stepsInOrder } from '../actions';
import { validateEnvironmentOutputs } from '../environment-outputs';
import type { PipelinePlan, StepPlan } from '../pipeline-plan';
import { NON_EMPTY_STRING, pathIn, type Problems } from '../problems';
import { artifactCount, EARLIER_ARTIFACTS, SINGLE_LINES } from '../rules';
import { atMostCharacters, atMostVariables, characters, configurationKeyOf } from '../../common/rules';

/**
 * Validates the rules of CodePipeline that concern the pipeline as a whole. The rules of a single step are validated
 * where the step is planned.
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
  validateExecutionMode(plan, problems.at('executionMode'));
  validateFullClones(plan, problems);
  validateStacks(plan, stages);
  validateReceivers(plan, stages);
  validateDomainNames(plan, problems);
  validateImages(plan, problems);
  validateArchitectures(plan, problems);
  validateExecutionRoles(plan, problems);
}

const SPLIT = 'split the pipeline into two, and start the second with PipelineTrigger.pipelineSucceeded';

/** Returns the rule of the number of stages. */
export function atMostStages(max: number): string {
  return `have at most ${max} stages`;
}

function validateCounts(plan: PipelinePlan, problems: Problems): void {
  const { maxStages, maxActionsPerStage, maxActions } = PIPELINE_LIMITS;
  const actions = allActions(plan).length;
  if (plan.stages.length > maxStages) problems.add(atMostStages(maxStages), plan.stages.length, SPLIT);
  for (const stage of plan.stages.filter((each) => each.actions.length > maxActionsPerStage)) {
    problems.add(
      `have at most ${maxActionsPerStage} actions in stage '${stage.name}'`,
      stage.actions.length,
      `distribute ${stage.wave ? 'its environments over more waves' : 'them over more environments'}`,
    );
  }
  if (actions > maxActions) problems.add(`have at most ${maxActions} actions in total`, actions, SPLIT);
}

/** Validates that artifacts are produced before they are used, and that their number is valid for each provider. */
function validateArtifacts(plan: PipelinePlan, problems: Problems): void {
  for (const { action, earlier } of stepsInOrder(plan)) {
    const provider = providerOf(action);
    const at = problems.at(action.path);
    const produced = new Set(earlier.flatMap(({ outputs }) => outputs));
    validateBounds(at, 'input', action.inputs, provider.inputs, provider.see);
    validateBounds(at, 'output', action.outputs, provider.outputs, provider.see);
    validateOutputIdentifiers(action, at);
    for (const name of action.follows ?? []) {
      if (earlier.some((other) => other.name === name)) continue;
      at.add('run after the step that builds its image', name, 'move that step to the same stage or an earlier one');
    }
    for (const name of action.inputs.filter((input) => !produced.has(input))) {
      at.add(EARLIER_ARTIFACTS, name, artifactFix(plan, action, name));
    }
  }
}

/** Rule of the names of several output artifacts of a build. */
export const ARTIFACT_IDENTIFIERS = "name several output artifacts of a build with letters, digits and '_' only";

/**
 * Validates the names of several output artifacts of a build, which CodeBuild uses as artifact identifiers. A single
 * output has no identifier.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_ProjectArtifacts.html
 */
function validateOutputIdentifiers(action: StepPlan, problems: Problems): void {
  if (providerOf(action).provider !== 'CodeBuild' || action.outputs.length <= 1) return;
  const invalid = action.outputs.filter((name) => !Token.isUnresolved(name) && !/^[A-Za-z0-9_]+$/.test(name));
  if (invalid.length === 0) return;
  const fix =
    action.tests === undefined
      ? "use '_' instead of '-' in the names of the step and of its outputs"
      : "use one output, because the name of a test in an environment contains '-'";
  problems.at('outputs').add(ARTIFACT_IDENTIFIERS, invalid, fix);
}

function validateBounds(
  problems: Problems,
  direction: 'input' | 'output',
  names: readonly string[],
  { min, max }: { min: number; max: number },
  see: string,
): void {
  if (names.length >= min && names.length <= max) return;
  problems.add(artifactCount(direction, { min, max }), names, `see ${see}`);
}

/** Returns the fix of an artifact that is not produced before it is used. */
function artifactFix(plan: PipelinePlan, action: StepPlan, artifact: string): string {
  const actions = allActions(plan);
  if (action.outputs.includes(artifact)) return 'the step itself produces it; choose another';
  if (actions.some(({ outputs }) => outputs.includes(artifact))) {
    return 'move the action that produces it before this one';
  }
  const ofTests = actions.filter(
    ({ tests, outputs }) => tests !== undefined && outputs.some((name) => name.replace(`-${tests}`, '') === artifact),
  );
  if (ofTests.length > 0) {
    return 'it is produced in an environment and available to the tests of that environment only; choose another';
  }
  const owner = actions.find(({ name }) => name === artifact || String(artifact).startsWith(`${name}_`));
  if (!owner) return 'no step of the pipeline produces it; add the step that does to an earlier stage';
  if (owner.outputs.length > 0) return `choose an artifact of '${owner.name}': ${owner.outputs.join(', ')}`;
  return `'${owner.name}' has no artifacts; add an output to it, or use the artifact of another step`;
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
    // Sources validate their own configuration, because each of its values is a prop.
    if (value === '' && provider.category !== 'Source') at.add(NON_EMPTY_STRING, value, 'remove it, or set a value');
    if (provider.configuration !== 'any' && !(key in provider.configuration)) {
      at.add(configurationKeyOf(provider.provider), key, `see ${provider.see}`);
    }
    if (!Token.isUnresolved(value) && value.length > configurationValue) {
      const defaultFix = provider.json?.includes(key) ? 'use fewer or shorter variables' : 'shorten the text';
      const fix = provider.tooLong?.[key] ?? defaultFix;
      at.add(atMostCharacters(configurationValue), `${value.length} characters`, fix);
    }
  }
}

const MOVE_TO_SCRIPT = 'move the commands to a script in the repository';

/** Returns the rule of the length of commands. */
export function commandsUpTo(maxLength: number): string {
  return `contain commands of at most ${maxLength} characters`;
}

function validateCommands(action: StepPlan, problems: Problems): void {
  const { commands: maxCommands, commandLength } = PIPELINE_LIMITS;
  const { commands = [] } = action;
  const at = problems.root(pathIn(action, 'commands'));
  if (commands.length > maxCommands) {
    at.add(`contain at most ${maxCommands} commands`, commands.length, MOVE_TO_SCRIPT);
  }
  for (const command of commands) {
    if (!Token.isUnresolved(command) && command.length > commandLength) {
      at.add(commandsUpTo(commandLength), command, MOVE_TO_SCRIPT);
    }
    if (/[\r\n]/.test(command)) {
      at.add(SINGLE_LINES, command, `make each line a separate command, or ${MOVE_TO_SCRIPT}`);
    }
  }
}

/** Validates the variables of the pipeline as a whole. */
function validateDeclaredVariables(plan: PipelinePlan, problems: Problems): void {
  const { variables } = plan;
  const { pipelineVariables, variableValue, variableDescription } = PIPELINE_LIMITS;
  if (variables.length > pipelineVariables) {
    problems.add(atMostVariables(pipelineVariables), variables.length, 'remove some');
  }
  for (const [i, { name, defaultValue, description }] of variables.entries()) {
    const at = problems.index(i);
    at.at('variableName').name(name, PIPELINE_VARIABLE_NAME, 'rename the variable');
    if (variables.findIndex((other) => other.name === name) < i) {
      problems.add('have unique variable names', name, 'rename one of them');
    }
    if (defaultValue !== undefined && !hasLength(defaultValue, 1, variableValue)) {
      const fix = 'choose another value, or remove the default';
      at.at('defaultValue').add(characters({ min: 1, max: variableValue }), defaultValue, fix);
    }
    if (defaultValue === undefined && startsAutomatically(plan)) {
      at.at('defaultValue').add(
        'be set if changes, schedules or other pipelines start executions',
        name,
        'such an execution has no value and fails; set a default, or start all executions manually with ' +
          'PipelineTrigger.manual()',
      );
    }
    if (description !== undefined && !hasLength(description, 0, variableDescription)) {
      at.at('description').add(atMostCharacters(variableDescription), description, 'shorten the text');
    }
  }
}

function hasLength(text: string, min: number, max: number): boolean {
  return Token.isUnresolved(text) || (text.length >= min && text.length <= max);
}

/** Returns whether executions start without a person. */
function startsAutomatically(plan: PipelinePlan): boolean {
  return (
    plan.gitTriggers.length > 0 ||
    plan.eventTriggers.length > 0 ||
    allActions(plan).some(({ configuration }) => configuration.DetectChanges === 'true')
  );
}

/** Validates that only CodeBuild uses a full clone, which is a reference that no other provider can resolve. */
function validateFullClones(plan: PipelinePlan, problems: Problems): void {
  const steps = allSteps(plan);
  const clones = steps.filter(({ fullClone }) => fullClone).map(({ name }) => name);
  for (const step of steps.filter(({ readsFullClone }) => !readsFullClone)) {
    for (const input of step.inputs.filter((name) => clones.includes(name))) {
      const fix = 'only CodeBuild can read it; use the artifact of a build, or disable fullClone';
      problems.at(step.path).add('not use a full clone', input, fix);
    }
  }
}
