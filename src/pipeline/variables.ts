import type { StepPlan } from './pipeline-plan';

/**
 * `#{namespace.key}` wherever it stands in a text. The namespace of an action of aws-codepipeline-actions is a token,
 * with a brace of its own.
 */
const REFERENCE = /#\{((?:\$\{Token\[[^\]]*\]\}|[^}])*)\}/g;

const NAMESPACE_AND_KEY = /^(\$\{Token\[[^\]]*\]\}|[^.]*)(?:\.(.*))?$/s;

/** The namespace of the variables of a step. */
export function namespaceOf(step: string) {
  return `${step}${NAMESPACE_END}`;
}

const NAMESPACE_END = '-vars';

/** The literal that CodePipeline replaces by the value of a variable when an action starts. */
export function variableOf(step: string, key: string) {
  return `#{${namespaceOf(step)}.${key}}`;
}

/** Does CodePipeline have to fill in something? */
export function holdsVariable(text: string) {
  return text.includes('#{');
}

/** Where a variable is used. */
export interface VariableUse {
  /** The configuration key, `commands`, or `environmentVariables.<name>`. */
  readonly place: string;
  /** `#{namespace.key}` */
  readonly literal: string;
  readonly namespace: string;
  readonly key: string;
}

/** The variables in a text. */
export function referencesInText(place: string, text: string): VariableUse[] {
  if (!holdsVariable(text)) return [];
  return [...text.matchAll(REFERENCE)].map(([literal, name]) => {
    // A key may hold dots; a namespace may not.
    const [, namespace, key = ''] = NAMESPACE_AND_KEY.exec(name)!;
    return { place, literal, namespace, key };
  });
}

/**
 * Every variable that CodePipeline fills in for an action: in its configuration, its commands and its environment
 * variables.
 */
export function referencesIn({
  configuration,
  commands = [],
  environmentVariables = {},
}: Pick<StepPlan, 'configuration' | 'commands' | 'environmentVariables'>): VariableUse[] {
  return [
    ...Object.entries(configuration).flatMap(([key, text]) => referencesInText(key, text)),
    ...commands.flatMap((command) => referencesInText('commands', command)),
    ...Object.entries(environmentVariables).flatMap(([name, text]) =>
      referencesInText(`environmentVariables.${name}`, text),
    ),
  ];
}

/**
 * Does a text that CodePipeline never looks at hold what it would have to fill in? Other languages write `#{…}`, too.
 */
export function isPipelineVariable({ namespace }: VariableUse, namespaces: ReadonlySet<string>) {
  return (
    namespaces.has(namespace) ||
    namespace.endsWith(NAMESPACE_END) ||
    namespace === 'variables' ||
    namespace === 'codepipeline'
  );
}

/** Returns whether the namespace is that of the variables of an action. */
export function produces(action: Pick<StepPlan, 'namespace' | 'namespaceToken'>, namespace: string): boolean {
  return action.namespace === namespace || action.namespaceToken === namespace;
}
