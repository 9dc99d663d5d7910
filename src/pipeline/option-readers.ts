import { Token, type Duration } from 'aws-cdk-lib';
import type { Problems } from './problems';

/*
 * Reads options that may have another type than they are declared with: programs in JavaScript have no compiler that validates them. Each
 * function reports a value of a wrong type and returns undefined for it.
 */

/** Reads a string. */
export function readText(value: string | undefined, problems: Problems): string | undefined {
  if (value === undefined) return undefined;
  return isText(value, problems) ? value : undefined;
}

function isText(value: unknown, problems: Problems): value is string {
  if (typeof value === 'string') return true;
  problems.add('be a string', value, 'write it as text in quotes');
  return false;
}

/** Reads a list of strings. */
export function readTexts(value: readonly string[] | undefined, problems: Problems): readonly string[] | undefined {
  if (!Array.isArray(value)) return readList(value, problems);
  return value.map((text, i) => isText(text, problems.index(i))).every(Boolean) ? value : undefined;
}

/** Reads a list. */
export function readList<T>(value: readonly T[] | undefined, problems: Problems): readonly T[] | undefined {
  if (value === undefined || Array.isArray(value)) return value;
  problems.add('be a list', value, 'write it in brackets, as in [a, b]');
  return undefined;
}

/** Reads strings by their names. */
export function readTextRecord(
  value: Readonly<Record<string, string>> | undefined,
  problems: Problems,
): Readonly<Record<string, string>> | undefined {
  if (value === undefined) return undefined;
  if (!isRecord(value)) {
    problems.add('be an object', value, "write it in braces, as in { NAME: 'value' }");
    return undefined;
  }
  const areTexts = Object.entries(value).map(([name, text]) => isText(text, problems.at(name)));
  return areTexts.every(Boolean) ? value : undefined;
}

/** Returns whether a value has properties by their names. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a member of an enum. Tokens pass: their value is not known yet. */
export function readChoice<T extends string>(
  value: T | undefined,
  choices: Readonly<Record<string, T>>,
  problems: Problems,
): T | undefined {
  if (value === undefined || Token.isUnresolved(value) || Object.values(choices).includes(value)) return value;
  problems.add(`be one of ${Object.values(choices).join(', ')}`, value, 'choose one of these');
  return undefined;
}

/** Reads a duration in a unit, such as `toMinutes`. It may have a fraction. */
export function readDuration(
  value: Duration | undefined,
  unit: 'toMilliseconds' | 'toSeconds' | 'toMinutes' | 'toDays',
  problems: Problems,
): number | undefined {
  if (value === undefined) return undefined;
  if (typeof (value as Partial<Duration> | null)?.[unit] === 'function') return value[unit]({ integral: false });
  problems.add('be a Duration', value, 'write it as in Duration.minutes(30)');
  return undefined;
}

/**
 * Reports a value that is no resource of a kind, and returns whether it is one.
 *
 * @param arnProp property that every resource of the kind has
 * @param what the resource with its article, as in `a topic`
 */
export function isResource<T extends object>(
  value: T | undefined,
  arnProp: keyof T & string,
  what: string,
  fix: string,
  problems: Problems,
): value is T {
  if (typeof value === 'object' && value !== null && typeof value[arnProp] === 'string') return true;
  problems.add(`be ${what}`, value, fix);
  return false;
}
