import type { Problems } from './problems';
import { closest } from '../common/closest';

/** Rule of the names of properties. */
export const KNOWN_PROPERTY = 'be a known property';

/**
 * Reports properties that an interface does not have, because a misspelt option would otherwise be ignored. Properties
 * that are undefined are not set.
 *
 * A subclass of a construct may pass its own props on, and a newer CDK may have further properties. There, only names
 * that resemble a known one are reported.
 *
 * @param known names of the properties of the interface
 * @param problems collector at the property that the options belong to
 */
export function validateNames(
  options: unknown,
  known: readonly string[],
  problems: Problems,
  { acceptsFurtherNames = problems.acceptsFurtherProps } = {},
): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return;
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || known.includes(name)) continue;
    const similar = closest(name, known);
    if (similar === undefined && acceptsFurtherNames) continue;
    problems.at(name).add(KNOWN_PROPERTY, value, fixOf(similar, known));
  }
}

function fixOf(similar: string | undefined, names: readonly string[]): string {
  if (similar !== undefined) return `did you mean '${similar}'?`;
  return `remove it, or use one of ${[...names].sort().join(', ')}`;
}
