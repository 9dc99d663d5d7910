import type { StepPlan } from './pipeline-plan';
import { actionTexts, type StepWithTexts } from './step-texts';

/**
 * Matches `#{namespace.key}` in a text. The namespace of an action of aws-codepipeline-actions is a token, which itself
 * contains a brace.
 */
const REFERENCE = /#\{((?:\$\{Token\[[^\]]*\]\}|[^}])*)\}/g;

const NAMESPACE_AND_KEY = /^(\$\{Token\[[^\]]*\]\}|[^.]*)(?:\.(.*))?$/s;

/** Returns the namespace of the variables of a step. */
export function namespaceOf(step: string): string {
  return `${step}${NAMESPACE_END}`;
}

const NAMESPACE_END = '-vars';

/** Returns the literal that CodePipeline replaces by the value of a variable when an action starts. */
export function variableOf(step: string, key: string): string {
  return `#{${namespaceOf(step)}.${key}}`;
}

/** Returns whether a text contains a variable. */
export function containsVariable(text: string): boolean {
  return text.includes('#{');
}

/** Describes the use of a variable. */
export interface VariableUse {
  /** Configuration key, `commands`, or `environmentVariables.<name>`. */
  readonly prop: string;
  /** Text of the form `#{namespace.key}`. */
  readonly literal: string;
  readonly namespace: string;
  readonly key: string;
}

/** Returns the variables in a text. */
export function referencesInText(prop: string, text: string): VariableUse[] {
  if (!containsVariable(text)) return [];
  return [...text.matchAll(REFERENCE)].map(([literal, name]) => {
    // A key may contain dots; a namespace may not.
    const [, namespace, key = ''] = NAMESPACE_AND_KEY.exec(name)!;
    return { prop, literal, namespace, key };
  });
}

/** Returns the variables that CodePipeline resolves for an action: in its configuration, commands and environment. */
export function referencesIn(step: StepWithTexts): VariableUse[] {
  return actionTexts(step).flatMap(({ prop, text }) => referencesInText(prop, text));
}

/**
 * Returns whether `#{…}` in a text that CodePipeline does not process is a pipeline variable. Other languages have the
 * same syntax.
 */
export function isPipelineVariable({ namespace }: VariableUse, namespaces: ReadonlySet<string>): boolean {
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
