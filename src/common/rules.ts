/*
 * Sentences of errors that the constructs and the check share. A rule completes "must …"; a fix is an instruction in
 * the imperative. The test of a rule asserts its sentence, and other tests refer to the rule.
 */

/** Rule of a single value that others must not equal. */
export const UNIQUE = 'be unique';

/** Rules of types. */
export const AN_OBJECT = 'be an object';
export const A_LIST = 'be a list';

/** Rule of the names of properties. */
export const KNOWN_PROPERTY = 'be a known property';

/** Rule of connections. */
export const A_CONNECTION_ARN = 'be the ARN of a connection';

/** Returns the rule of a text with a length. */
export function characters({ min, max }: { min: number; max: number }): string {
  return `have ${min} to ${max} characters`;
}

/** Returns the rule of a text with a maximum length. */
export function atMostCharacters(max: number): string {
  return `have at most ${max} characters`;
}

/** Returns the rule of a text with a pattern and a maximum length. */
export function consistOfUpTo({ description, maxLength }: { description: string; maxLength: number }): string {
  return `consist of 1 to ${maxLength} ${description}`;
}

/** Returns the rule of a list of variables. */
export function atMostVariables(max: number): string {
  return `contain at most ${max} variables`;
}

/** Returns the rule of the patterns of a trigger. */
export function patternsUpTo(maxLength: number): string {
  return `contain patterns of 1 to ${maxLength} characters`;
}

/** Returns the rule of the keys in the configuration of an action. */
export function configurationKeyOf(provider: string): string {
  return `be a configuration key of ${provider}`;
}

/** Returns the rule of a property that belongs to other kinds. */
export function notSetFor(kind: string): string {
  return `not be set for ${kind}`;
}

/** Returns the fix of a value that must be one of several. */
export function chooseOneOf(choices: readonly string[]): string {
  return `choose one of ${choices.join(', ')}`;
}

/** Returns the fix of an unknown name. */
export function removeOrUseOneOf(names: readonly string[]): string {
  return `remove it, or use one of ${names.join(', ')}`;
}

/** Returns the fix of a misspelt name. */
export function didYouMean(name: string): string {
  return `did you mean '${name}'?`;
}

/** Returns the fix of an action that needs an output of another one. */
export function runAfter(actionName: string): string {
  return `increase the RunOrder, or move the action after ${actionName}`;
}
