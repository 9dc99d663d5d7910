import type { Problems } from './problems';
import { closest } from '../common/closest';
import { AN_OBJECT, didYouMean, KNOWN_PROPERTY, removeOrUseOneOf } from '../common/rules';

/** Rule of options. */
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
    problems.at(path).add(AN_OBJECT, options, 'pass an object with named properties');
    return false;
  }
  const acceptsFields = acceptsFurtherNames || !isPlain(options);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || known.includes(name)) continue;
    const similar = closest(name, known);
    if (similar === undefined && acceptsFields) continue;
    problems.at(name).add(KNOWN_PROPERTY, value, fixOf(similar, known));
  }
  return true;
}

/** Returns whether a value is an object with named properties. An instance of a class must have one of the names. */
function hasNames(options: unknown, known: readonly string[]): options is object {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return false;
  return isPlain(options) || known.some((name) => name in options);
}

function isPlain(options: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function fixOf(similar: string | undefined, names: readonly string[]): string {
  if (similar !== undefined) return didYouMean(similar);
  return removeOrUseOneOf([...names].sort());
}
