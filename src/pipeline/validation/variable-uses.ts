import { Token } from 'aws-cdk-lib';
import { allActions, allSteps, inOrder, type PipelinePlan, type StepPlan } from '../pipeline-plan';
import { problem, type Problem } from '../problems';
import { isOurs, referencesIn, referencesInText, type VariableUse } from '../variables';
import { providerOf } from '../../aws/action-providers';

/**
 * Every variable in a configuration or a command is produced earlier, and holds nothing that could end the text it stands in. CodePipeline finds
 * out only when the action starts, an hour later, and fills in any text unescaped.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export function checkVariables(plan: PipelinePlan): Problem[] {
  const ofPipeline = new Set(plan.variables.map(({ name }) => name));
  return [
    ...inOrder(plan).flatMap(({ action, earlier }) =>
      referencesIn(action).flatMap((use) => checkUse(plan, ofPipeline, action, earlier, use)),
    ),
    ...allSteps(plan).flatMap(checkClosed),
    ...checkUnseen(plan),
  ];
}

function checkUse(
  plan: PipelinePlan,
  ofPipeline: ReadonlySet<string>,
  action: StepPlan,
  earlier: readonly StepPlan[],
  use: VariableUse,
): Problem[] {
  const prop = `${action.name}.${use.place}`;
  const { namespace, key, literal } = use;
  if (namespace === '' || key === '') {
    return [
      problem(
        prop,
        "hold variables of the form '#{namespace.key}'",
        literal,
        "use the handle that a step gives, as in step.variable('CommitId')",
      ),
    ];
  }
  if (Token.isUnresolved(key))
    return [
      problem(prop, 'name variables by literals', 'a token', 'pass the name of the variable as a literal string'),
    ];
  if (namespace === 'codepipeline') {
    return key === 'PipelineExecutionId'
      ? []
      : [
          problem(
            prop,
            'use a variable that CodePipeline has',
            literal,
            'it has one only: PipelineVariable.executionId()',
          ),
        ];
  }
  if (namespace === 'variables') {
    if (providerOf(action).category === 'Source')
      return [
        problem(
          prop,
          'be free of pipeline variables in a source',
          literal,
          'sources run before they are known; start the run with a source revision instead',
        ),
      ];
    return ofPipeline.has(key)
      ? checkFreeText(prop, action, use)
      : [
          problem(
            prop,
            'use variables of the pipeline that it lists',
            literal,
            ofPipeline.size > 0
              ? `choose one of ${[...ofPipeline].join(', ')}, or add it to 'variables'`
              : "add it to 'variables'",
          ),
        ];
  }
  const producer = earlier.find((one) => produces(one, namespace));
  const known = producer === undefined ? [] : (producer.exports ?? providerOf(producer).variables);
  if (producer === undefined || (known !== 'any' && !known.includes(key))) {
    return [
      problem(prop, 'use variables that an earlier action produces', literal, wayRound(plan, earlier, use, producer)),
    ];
  }
  return [...(providerOf(producer).safeVariables ?? []), ...(producer.safeExports ?? [])].includes(key)
    ? []
    : checkFreeText(prop, action, use);
}

/** Are these the variables of that action? */
export const produces = (action: StepPlan, namespace: string) =>
  action.namespace === namespace || action.namespaceToken === namespace;

/** What to do about a variable that nobody produces in time. */
function wayRound(
  plan: PipelinePlan,
  earlier: readonly StepPlan[],
  { namespace, key }: VariableUse,
  producer?: StepPlan,
): string {
  if (producer?.exports) {
    return producer.exports.length > 0
      ? `'${producer.name}' exports ${producer.exports.join(', ')}`
      : `'${producer.name}' exports none; name it in its exportedVariables`;
  }
  const late = allActions(plan).find((one) => produces(one, namespace));
  if (late && producer === undefined)
    return `'${late.name}' runs at the same time or later; move it before, or this step behind it with 'after'`;
  const suffixed = allActions(plan).filter(
    (one) => one.tests !== undefined && one.namespace === namespace.replace(/-vars$/, `-${one.tests}-vars`),
  );
  if (suffixed.length > 0) {
    return `a test of an environment has the name of that behind its own; outside of the environment write ${suffixed.map((one) => `'#{${one.namespace}.${key}}'`).join(' or ')}`;
  }
  const choices = (producer ? [producer] : earlier).flatMap(choicesOf);
  return choices.length > 0 ? `choose one of ${choices.join(', ')}` : 'no earlier action produces any';
}

function choicesOf(action: StepPlan): string[] {
  const variables = action.exports ?? providerOf(action).variables;
  return action.namespace === undefined || variables === 'any'
    ? []
    : variables.map((key) => `#{${action.namespace}.${key}}`);
}

/** Free text is filled in as it is: a quote in it ends the text, a semicolon begins a command. */
function checkFreeText(prop: string, action: StepPlan, { place, literal }: VariableUse): Problem[] {
  if (place === 'commands') {
    return [
      problem(
        prop,
        'be free of variables that may hold any text',
        literal,
        `whoever writes it could run commands here; ${
          providerOf(action).category === 'Rule'
            ? 'compare it with Gate.variable'
            : 'put it into \'environmentVariables\' and write "$NAME" in the command'
        }, or use an id or a digest`,
      ),
    ];
  }
  if (providerOf(action).pastesVariables && place.startsWith('environmentVariables.')) {
    return [
      problem(
        prop,
        'be free of variables that may hold any text',
        literal,
        'it becomes a part of the files that are deployed, and a quote or a line break in it changes what they say; use an id or a digest',
      ),
    ];
  }
  if (providerOf(action).json?.includes(place)) {
    return [
      problem(
        prop,
        'be free of variables that may hold any text',
        literal,
        'it is JSON, and a quote in the value breaks it; hand it on in a file of an artifact, or use an id or a digest',
      ),
    ];
  }
  return [];
}

/** A reference that nothing closes is no reference, and no text that somebody wants. */
function checkClosed(action: StepPlan): Problem[] {
  return [
    ...Object.entries(action.configuration),
    ...(action.commands ?? []).map((command) => ['commands', command] as const),
  ]
    .filter(([place, text]) => text.split('#{').length - 1 > referencesInText(place, text).length)
    .map(([place, text]) =>
      problem(`${action.name}.${place}`, "close every '#{' with a '}'", text, "write '#{namespace.key}', or no '#{'"),
    );
}

/**
 * CodePipeline fills in the configuration of an action; it never looks into a project. What stands there stays as it is, and the build
 * takes it for a comment or a word.
 */
function checkUnseen(plan: PipelinePlan): Problem[] {
  const steps = allSteps(plan);
  const namespaces = new Set(
    steps.flatMap(({ namespace, namespaceToken }) => [namespace ?? [], namespaceToken ?? []].flat()),
  );
  return steps.flatMap(({ name, spec }) => {
    if (spec.kind !== 'build') return [];
    const texts: Array<[string, string]> = [
      ...Object.values(spec.phases)
        .flat()
        .map((text): [string, string] => ['commands', text]),
      ...spec.cachePaths.map((text): [string, string] => ['cachePaths', text]),
      ...Object.entries(spec.matrix?.variables ?? {}).flatMap(([variable, values]) =>
        values.map((text): [string, string] => [`matrix.${variable}`, text]),
      ),
      ...spec.outputs.map(({ folder }): [string, string] => ['outputDirectory', folder]),
      ['directory', spec.directory],
    ];
    return texts
      .flatMap(([place, text]) => referencesInText(place, text))
      .filter((use) => isOurs(use, namespaces))
      .map(({ place, literal }) =>
        problem(
          `${name}.${place}`,
          'be free of variables of the pipeline',
          literal,
          'CodePipeline does not look into a build project; pass it in environmentVariables and use it as "$NAME"',
        ),
      );
  });
}
