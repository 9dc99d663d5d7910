import { SEVERITIES } from './severity';
import { closest } from '../../common/closest';
import { A_LIST, AN_OBJECT, didYouMean, KNOWN_PROPERTY, removeOrUseOneOf } from '../../common/rules';
import { CHECK_RULES } from '../select';

const RULE_IDS = CHECK_RULES.map(({ id }) => id);

/** Throws an error with all problems, each of which begins with the path of a property. */
export function throwProblems(className: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.map((problem) => `[${className}] ${problem}`).join('\n'));
}

/** Reports misspelt properties, which would otherwise be ignored. */
export function nameProblems(props: unknown, names: readonly string[]): string[] {
  if (typeof props !== 'object' || props === null || Array.isArray(props)) {
    return [`'props' must ${AN_OBJECT}, got ${shown(props)}; pass e.g. { failOn: CheckSeverity.WARNING }`];
  }
  return Object.entries(props)
    .filter(([name]) => !names.includes(name))
    .map(([name, value]) => {
      const similar = closest(name, names);
      const fix = similar === undefined ? removeOrUseOneOf(names) : didYouMean(similar);
      return `'${name}' must ${KNOWN_PROPERTY}, got ${shown(value)}; ${fix}`;
    });
}

/** Rule of severities. */
export const A_SEVERITY = `be ${SEVERITIES.join(', ')}`;

/** Reports a value that is no severity. */
export function severityProblems(name: string, severity: unknown): string[] {
  if (SEVERITIES.some((known) => known === severity)) return [];
  return [`'${name}' must ${A_SEVERITY}, got ${shown(severity)}; use a member of CheckSeverity`];
}

/** Reports a value that is no list, and the items that are no IDs of rules. */
export function ruleProblems(name: string, ids: unknown): string[] {
  if (!Array.isArray(ids)) {
    return [`'${name}' must ${A_LIST}, got ${shown(ids)}; pass the IDs of rules in a list`];
  }
  return ids.flatMap((id: unknown, index) => {
    if (RULE_IDS.some((known) => known === id)) return [];
    const similar = typeof id === 'string' ? closest(id, RULE_IDS) : undefined;
    const fix = similar === undefined ? 'choose among those of docs/reference/rules.md' : didYouMean(similar);
    return [`'${name}[${index}]' must be the ID of a rule, got ${shown(id)}; ${fix}`];
  });
}

/** Returns any value for a message, also one that has no JSON. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function' || typeof value === 'bigint' || typeof value === 'symbol') return `a ${typeof value}`;
  try {
    return JSON.stringify(value);
  } catch {
    return 'an object without JSON';
  }
}
