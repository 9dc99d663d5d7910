import { Token } from 'aws-cdk-lib';
import { providerOf } from '../../aws/action-providers';
import { allActions, allSteps, stepsInOrder } from '../actions';
import type { PipelinePlan, StepPlan } from '../pipeline-plan';
import { pathIn, type Problems } from '../problems';
import { isPipelineVariable, produces, referencesIn, referencesInText, type VariableUse } from '../variables';

/**
 * Validates that every variable in a configuration or a command is produced earlier, and holds nothing that could end
 * the text around it. CodePipeline finds out only when the action starts, and substitutes any text unescaped.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function validateVariableUses(plan: PipelinePlan, problems: Problems): void {
  const pipelineVariables = new Set(plan.variables.map(({ name }) => name));
  for (const { action, earlier } of stepsInOrder(plan)) {
    for (const use of referencesIn(action)) {
      validateUse({ plan, pipelineVariables, action, earlier, use }, problems.root(pathIn(action, use.place)));
    }
  }
  for (const step of allSteps(plan)) validateClosed(step, problems);
  validateProjectTexts(plan, problems);
}

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
    const fix = "use the handle that a step gives, as in step.variable('CommitId')";
    return problems.add("hold variables of the form '#{namespace.key}'", literal, fix);
  }
  if (Token.isUnresolved(key)) {
    return problems.add('name variables by literals', 'a token', 'pass the name of the variable as a literal string');
  }
  if (namespace === 'codepipeline') {
    if (key === 'PipelineExecutionId') return;
    const fix = 'it has one only: PipelineVariable.executionId()';
    return problems.add('use a variable that CodePipeline has', literal, fix);
  }
  if (namespace === 'variables') return validatePipelineVariable(context, problems);
  const producer = earlier.find((other) => produces(other, namespace));
  const known = producer && (producer.exports ?? providerOf(producer).variables);
  if (producer === undefined || known === undefined || (known !== 'any' && !known.includes(key))) {
    return problems.add('use variables that an earlier action produces', literal, fixForUse(context, producer));
  }
  const safe = [...(providerOf(producer).safeVariables ?? []), ...(producer.safeExports ?? [])];
  if (!safe.includes(key)) validateFreeText(action, use, problems);
}

function validatePipelineVariable({ action, pipelineVariables, use }: UseInContext, problems: Problems): void {
  const { key, literal } = use;
  if (providerOf(action).category === 'Source') {
    const fix = 'sources run before they are known; start the run with a source revision instead';
    problems.add('be free of pipeline variables in a source', literal, fix);
  } else if (pipelineVariables.has(key)) {
    validateFreeText(action, use, problems);
  } else {
    const add = "add it to 'variables'";
    const fix = pipelineVariables.size > 0 ? `choose one of ${[...pipelineVariables].join(', ')}, or ${add}` : add;
    problems.add('use variables of the pipeline that it lists', literal, fix);
  }
}

/** Returns what to do about a variable that nothing produces in time. */
function fixForUse({ plan, earlier, use }: UseInContext, producer?: StepPlan): string {
  const { namespace, key } = use;
  if (producer?.exports) {
    return producer.exports.length > 0
      ? `'${producer.name}' exports ${producer.exports.join(', ')}`
      : `'${producer.name}' exports none; name it in its exportedVariables`;
  }
  const actions = allActions(plan);
  const late = actions.find((action) => produces(action, namespace));
  if (late && producer === undefined) {
    return `'${late.name}' runs at the same time or later; move it before, or this step behind it with 'after'`;
  }
  const suffixed = actions.filter(
    ({ tests, namespace: own }) => tests !== undefined && own === namespace.replace(/-vars$/, `-${tests}-vars`),
  );
  if (suffixed.length > 0) {
    const names = suffixed.map((action) => `'#{${action.namespace}.${key}}'`).join(' or ');
    return `a test of an environment has the name of that behind its own; outside of the environment write ${names}`;
  }
  const choices = (producer ? [producer] : earlier).flatMap(variablesOf);
  return choices.length > 0 ? `choose one of ${choices.join(', ')}` : 'no earlier action produces any';
}

function variablesOf(action: StepPlan): string[] {
  const variables = action.exports ?? providerOf(action).variables;
  if (action.namespace === undefined || variables === 'any') return [];
  return variables.map((key) => `#{${action.namespace}.${key}}`);
}

/**
 * Validates the use of free text. It is substituted as it is: a quote in it ends the text, a semicolon begins a
 * command.
 */
function validateFreeText(action: StepPlan, { place, literal }: VariableUse, problems: Problems): void {
  const { category, json, pastesVariables } = providerOf(action);
  const rule = 'be free of variables that may hold any text';
  if (place === 'commands') {
    const inRule = 'compare it with Gate.variable';
    const inAction = 'put it into \'environmentVariables\' and write "$NAME" in the command';
    const instead = category === 'Rule' ? inRule : inAction;
    problems.add(rule, literal, `whoever writes it could run commands here; ${instead}, or use an id or a digest`);
  } else if (pastesVariables && place.startsWith('environmentVariables.')) {
    problems.add(
      rule,
      literal,
      'it becomes a part of the files that are deployed, and a quote or a line break in it changes what they ' +
        'say; use an id or a digest',
    );
  } else if (json?.includes(place)) {
    problems.add(
      rule,
      literal,
      'it is JSON, and a quote in the value breaks it; hand it on in a file of an artifact, or use an id or a digest',
    );
  }
}

/** Validates that every reference is closed: CodePipeline takes an open one for text. */
function validateClosed(action: StepPlan, problems: Problems): void {
  const commands = (action.commands ?? []).map((command) => ['commands', command] as const);
  for (const [place, text] of [...Object.entries(action.configuration), ...commands]) {
    if (text.split('#{').length - 1 <= referencesInText(place, text).length) continue;
    problems
      .root(pathIn(action, place))
      .add("close every '#{' with a '}'", text, "write '#{namespace.key}', or no '#{'");
  }
}

/** Validates that texts of build projects have no variables: CodePipeline substitutes them in actions only. */
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
            'be free of variables of the pipeline',
            use.literal,
            'CodePipeline does not look into a build project; pass it in environmentVariables and use it as "$NAME"',
          );
      }
    }
  }
}
