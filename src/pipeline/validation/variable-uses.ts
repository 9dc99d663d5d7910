import { Token } from 'aws-cdk-lib';
import { providerOf } from '../../aws/action-providers';
import { allActions, allSteps, stepsInOrder } from '../actions';
import type { PipelinePlan, StepPlan } from '../pipeline-plan';
import { pathIn, type Problems } from '../problems';
import { actionTexts } from '../step-texts';
import { isPipelineVariable, produces, referencesIn, referencesInText, type VariableUse } from '../variables';
import { DECLARED_VARIABLES, EARLIER_VARIABLES } from '../rules';
import { chooseOneOf } from '../../common/rules';

/**
 * Validates that every variable in a configuration or a command is produced earlier, and that its value cannot break
 * the text around it. CodePipeline resolves variables when the action starts, and substitutes values unescaped.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function validateVariableUses(plan: PipelinePlan, problems: Problems): void {
  const pipelineVariables = new Set(plan.variables.map(({ name }) => name));
  for (const { action, earlier } of stepsInOrder(plan)) {
    for (const use of referencesIn(action)) {
      validateUse({ plan, pipelineVariables, action, earlier, use }, problems.root(pathIn(action, use.prop)));
    }
  }
  for (const step of allSteps(plan)) validateClosed(step, problems);
  validateProjectTexts(plan, problems);
}

/** Rule of texts that a value of a variable could break. */
export const NO_FREE_TEXT = 'not contain variables with arbitrary values';

/** Rule of variables of a source that depend on its triggers. */
export const IN_EVERY_EXECUTION = 'use only variables that the source produces in every execution';

interface UseInContext {
  readonly plan: PipelinePlan;
  readonly pipelineVariables: ReadonlySet<string>;
  readonly action: StepPlan;
  readonly earlier: readonly StepPlan[];
  readonly use: VariableUse;
}

function validateUse(context: UseInContext, problems: Problems): void {
  const { action, earlier, use } = context;
  const { namespace, key, literal } = use;
  if (namespace === '' || key === '') {
    const fix = "use the method of the step, e.g. step.variable('CommitId')";
    return problems.add("contain variables of the form '#{namespace.key}'", literal, fix);
  }
  if (Token.isUnresolved(key)) {
    return problems.add('use literal variable names', 'a token', 'pass the name of the variable as a literal string');
  }
  if (namespace === 'codepipeline') {
    if (key === 'PipelineExecutionId') return;
    const fix = 'use PipelineVariable.executionId(), the only one';
    return problems.add('use a variable that CodePipeline provides', literal, fix);
  }
  if (namespace === 'variables') return validatePipelineVariable(context, problems);
  const producer = earlier.find((other) => produces(other, namespace));
  const variables = producer && (producer.exports ?? providerOf(producer).variables);
  if (producer === undefined || variables === undefined || (variables !== 'any' && !variables.includes(key))) {
    return problems.add(EARLIER_VARIABLES, literal, fixForUse(context, producer));
  }
  const start = producer.missingVariables?.[key];
  if (start !== undefined) {
    const fix =
      `executions that are started by ${start} lack it; ${chooseOneOf(variablesOf(producer))}, or use a ` +
      'separate pipeline for each kind of trigger';
    return problems.add(IN_EVERY_EXECUTION, literal, fix);
  }
  const safe = [...(providerOf(producer).safeVariables ?? []), ...(producer.safeExports ?? [])];
  if (!safe.includes(key)) validateFreeText(action, use, problems);
}

function validatePipelineVariable({ action, pipelineVariables, use }: UseInContext, problems: Problems): void {
  const { key, literal } = use;
  if (providerOf(action).category === 'Source') {
    const fix = 'sources run before variables are resolved; start the execution with a source revision instead';
    problems.add('not contain pipeline variables, because it belongs to a source', literal, fix);
  } else if (pipelineVariables.has(key)) {
    validateFreeText(action, use, problems);
  } else {
    const add = "add it to 'variables'";
    const fix = pipelineVariables.size > 0 ? `${chooseOneOf([...pipelineVariables])}, or ${add}` : add;
    problems.add(DECLARED_VARIABLES, literal, fix);
  }
}

/** Returns the fix of a variable that is not produced before it is used. */
function fixForUse({ plan, earlier, use }: UseInContext, producer?: StepPlan): string {
  const { namespace, key } = use;
  const unreliable = producer && providerOf(producer).unreliableVariables?.[key];
  if (unreliable !== undefined) return unreliable;
  if (producer?.exports) {
    if (producer.exports.length > 0) {
      return `choose a variable that '${producer.name}' exports: ${producer.exports.join(', ')}`;
    }
    return `add it to the exportedVariables of '${producer.name}', which exports none`;
  }
  const actions = allActions(plan);
  const late = actions.find((action) => produces(action, namespace));
  if (late && producer === undefined) {
    return `'${late.name}' runs at the same time or later; move it before this step, or set 'after' on this step`;
  }
  const suffixed = actions.filter(
    ({ tests, namespace: own }) => tests !== undefined && own === namespace.replace(/-vars$/, `-${tests}-vars`),
  );
  if (suffixed.length > 0) {
    const names = suffixed.map((action) => `'#{${action.namespace}.${key}}'`).join(' or ');
    return `names of tests in an environment end with its name; outside of the environment, use ${names}`;
  }
  const choices = (producer ? [producer] : earlier).flatMap(variablesOf);
  if (choices.length === 0) return 'no earlier action produces variables; remove it, or add a step that produces it';
  return chooseOneOf(choices);
}

function variablesOf(action: StepPlan): string[] {
  const variables = action.exports ?? providerOf(action).variables;
  if (action.namespace === undefined || variables === 'any') return [];
  const available = variables.filter((key) => action.missingVariables?.[key] === undefined);
  return available.map((key) => `#{${action.namespace}.${key}}`);
}

/**
 * Validates the use of a variable that may contain any text. CodePipeline does not escape values: a quote in one ends
 * the text around it, a semicolon begins a command.
 */
function validateFreeText(action: StepPlan, { prop, literal }: VariableUse, problems: Problems): void {
  const { category, json, pastesVariables } = providerOf(action);
  const rule = NO_FREE_TEXT;
  if (prop === 'commands') {
    const inRule = 'compare it with Gate.variable';
    const inAction = 'pass it in \'environmentVariables\' and use "$NAME" in the command';
    const instead = category === 'Rule' ? inRule : inAction;
    problems.add(rule, literal, `its value could inject commands; ${instead}, or use an id or a digest`);
  } else if (pastesVariables && prop.startsWith('environmentVariables.')) {
    problems.add(
      rule,
      literal,
      'its value is written to the deployed files, and a quote or a line break in it would change their meaning; ' +
        'use an id or a digest',
    );
  } else if (json?.includes(prop)) {
    problems.add(
      rule,
      literal,
      'a quote in its value would break the JSON; pass it in a file of an artifact, or use an id or a digest',
    );
  }
}

/** Validates that every reference is closed. CodePipeline treats an open one as text. */
function validateClosed(action: StepPlan, problems: Problems): void {
  for (const { prop, text } of actionTexts(action)) {
    if (text.split('#{').length - 1 <= referencesInText(prop, text).length) continue;
    problems
      .root(pathIn(action, prop))
      .add("close every '#{' with '}'", text, "use '#{namespace.key}', or remove '#{'");
  }
}

/** Validates that texts of build projects contain no variables. CodePipeline substitutes variables only in actions. */
function validateProjectTexts(plan: PipelinePlan, problems: Problems): void {
  const steps = allSteps(plan);
  const namespaces = new Set(
    steps.flatMap(({ namespace, namespaceToken }) => [namespace ?? [], namespaceToken ?? []].flat()),
  );
  for (const step of steps) {
    for (const { prop, text } of (step.projectTexts ?? []).filter(({ substituted }) => !substituted)) {
      for (const use of referencesInText(prop, text).filter((each) => isPipelineVariable(each, namespaces))) {
        problems
          .root(pathIn(step, prop))
          .add(
            'not contain pipeline variables, because it belongs to a build project',
            use.literal,
            'pass it in environmentVariables and use "$NAME" instead',
          );
      }
    }
  }
}
