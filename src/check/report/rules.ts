import { CHECK_RULES, type CheckRule } from '../select';

const COLUMN = 32;

/** Formats all rules as text. */
export function rulesText(): string {
  return CHECK_RULES.map(({ id, severity, summary }) => `${id.padEnd(COLUMN)} ${severity.padEnd(7)} ${summary}\n`).join(
    '',
  );
}

/** Formats all rules as JSON. */
export function rulesJson(): string {
  return JSON.stringify(CHECK_RULES.map(detailsOf), undefined, 2) + '\n';
}

/** Formats one rule as text. */
export function ruleText({ id, severity, summary, see }: CheckRule): string {
  return `${id} (${severity})\n\n${summary}\n\nDocumented by AWS: ${see}\n`;
}

/** Formats one rule as JSON. */
export function ruleJson(rule: CheckRule): string {
  return JSON.stringify(detailsOf(rule), undefined, 2) + '\n';
}

/** Returns the properties of a rule that are data. */
function detailsOf({ id, severity, summary, see }: CheckRule) {
  return { id, severity, summary, see };
}
