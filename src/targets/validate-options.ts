import type { Duration } from 'aws-cdk-lib';
import type { Problems } from '../pipeline/problems';

/*
 * Validation of the types of options. Not every language has a compiler that does it; with a value of a wrong type, nothing can be planned.
 */

/** Describes the value of an option. */
export interface OptionRule {
  /** Completes "must be …". */
  readonly what: string;
  /** Completes the error, as an imperative. */
  readonly fix: string;
}

/** Describes a resource of the CDK. */
export interface ResourceRule extends OptionRule {
  /** Attribute that every resource of this type has. */
  readonly attribute: string;
}

/** Returns the options that are provided, or undefined if they are no object. `null` counts as not provided. */
export function providedOptions<Options extends object>(
  options: Options | undefined,
  problems: Problems,
): Partial<Options> | undefined {
  if (options !== undefined && options !== null && !isObject(options)) {
    problems.at('options').add('be an object', options, 'pass options, or leave them out');
    return undefined;
  }
  const provided: Partial<Options> = { ...options };
  for (const key in provided) {
    if (provided[key] === null) delete provided[key];
  }
  return provided;
}

/** Validates a resource, and returns whether it is one. */
export function validateResource(value: unknown, rule: ResourceRule, problems: Problems): boolean {
  if (!problems.required(rule.what, value, rule.fix)) return false;
  if (isObject(value) && 'node' in value && rule.attribute in value) return true;
  problems.add(`be ${rule.what}`, value, rule.fix);
  return false;
}

/** Validates a list of resources, if there is one. */
export function validateResources(values: unknown, rule: ResourceRule, problems: Problems): void {
  validateList(values, rule, problems, (value, at) => validateResource(value, rule, at));
}

/** Validates a list, if there is one, item by item. */
export function validateList(
  values: unknown,
  { what, fix }: OptionRule,
  problems: Problems,
  validateItem: (value: unknown, problems: Problems) => void,
): void {
  if (values === undefined) return;
  if (Array.isArray(values)) values.forEach((value, i) => validateItem(value, problems.index(i)));
  else problems.add(`be a list, each item of which is ${what}`, values, fix);
}

/** Validates an object, if there is one, value by value. */
export function validateRecord(
  values: unknown,
  { what, fix }: OptionRule,
  problems: Problems,
  validateValue: (value: unknown, problems: Problems) => void,
): void {
  if (values === undefined) return;
  if (isObject(values) && !Array.isArray(values)) {
    for (const [key, value] of Object.entries(values)) validateValue(value, problems.at(key));
  } else {
    problems.add(`be an object, each value of which is ${what}`, values, fix);
  }
}

/** Validates an instance of a class. */
export function validateInstance(
  value: unknown,
  type: abstract new (...args: never[]) => unknown,
  { what, fix }: OptionRule,
  problems: Problems,
): void {
  if (problems.required(what, value, fix) && !(value instanceof type)) problems.add(`be ${what}`, value, fix);
}

/** Validates a text that must be provided. */
export function validateText(value: unknown, { what, fix }: OptionRule, problems: Problems): void {
  if (problems.required(what, value, fix) && typeof value !== 'string') problems.add(`be ${what}`, value, fix);
}

/** Validates a boolean, if there is one. */
export function validateBoolean(value: unknown, problems: Problems): void {
  if (value !== undefined && typeof value !== 'boolean') problems.add('be true or false', value, 'pass one of the two');
}

/** Returns the minutes of a duration, if there is one. */
export function minutesOf(duration: Duration | undefined, problems: Problems): number | undefined {
  if (duration === undefined || duration === null) return undefined;
  if (!isObject(duration) || typeof duration.toMinutes !== 'function') {
    problems.add('be a Duration', duration, 'write it as in Duration.minutes(15)');
    return undefined;
  }
  try {
    return duration.toMinutes({ integral: false });
  } catch {
    // Tokens cannot be converted to another unit.
    problems.add('be concrete, or a token in minutes', 'a token', 'write it as in Duration.minutes(15)');
    return undefined;
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
