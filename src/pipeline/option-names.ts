import { Construct } from 'constructs';
import type { Problems } from './problems';
import { closest } from '../common/closest';
import { AN_OBJECT, didYouMean, KNOWN_PROPERTY, removeOrUseOneOf } from '../common/rules';

/** Rule of options. */
/** Rule of options for which another object is passed, such as a step, a construct or a map. */
export const OPTIONS = 'be an object literal with options';

/**
 * Validates that a value is an object with the properties of an interface, and returns whether it is one. A misspelt
 * option would otherwise be ignored. Properties that are undefined are not set.
 *
 * A subclass of a construct may pass its own props on, a class that implements the interface may have further fields,
 * and a newer CDK further properties. There, only names that resemble a known one are reported.
 *
 * @param known names of the properties of the interface
 * @param problems collector at the property that the options belong to
 */
export function validateNames(
  options: unknown,
  known: readonly string[],
  problems: Problems,
  { acceptsFurtherNames = problems.acceptsFurtherProps } = {},
): boolean {
  if (options === undefined || options === null) return true;
  if (!hasNames(options, known)) {
    // The options of a construct are its props.
    const path = problems.path === '' ? 'props' : 'options';
    const rule = isPlainValue(options) ? AN_OBJECT : OPTIONS;
    problems.at(path).add(rule, options, 'pass an object with named properties');
    return false;
  }
  const acceptsFields = acceptsFurtherNames || !isPlain(options);
  for (const name of Object.keys(options).filter((key) => !known.includes(key))) {
    const value = valueOf(options, name);
    if (value === undefined || value === null) continue;
    const similar = closest(name, known);
    if (similar === undefined && acceptsFields) continue;
    problems.at(name).add(KNOWN_PROPERTY, value, fixOf(similar, known));
  }
  return true;
}

/**
 * Returns whether a value is an object with named properties. An instance of a class must have one of the names. A step
 * and a construct are not options, although they have such names.
 */
function hasNames(options: unknown, known: readonly string[]): options is object {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return false;
  if ('planner' in options) return false;
  // A stack has an account and a Region, so it can be an env.
  if (Construct.isConstruct(options)) return known.every((name) => name in options);
  return isPlain(options) || known.some((name) => name in options);
}

/** Returns the value of an unknown property. A getter can fail. */
function valueOf(options: object, name: string): unknown {
  try {
    return Reflect.get(options, name);
  } catch {
    return 'a getter that fails';
  }
}

/** Returns whether a value is no instance of a class: a primitive value, a list, or an object literal. */
function isPlainValue(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value) || isPlain(value);
}

/** Returns whether a value is an object literal, and not an instance of a class. */
export function isPlain(options: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fixOf(similar: string | undefined, names: readonly string[]): string {
  if (similar !== undefined) return didYouMean(similar);
  return removeOrUseOneOf([...names].sort());
}
