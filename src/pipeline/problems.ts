import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NameRule } from '../aws/limits';

/** One thing that is wrong with what the user said, as one sentence without the construct in front. */
export type Problem = string;

/**
 * The one sentence form of every error.
 *
 * @param prop where the value stands, as the user would write it, e.g. `environments[1].name`
 * @param rule what it must be or do, completing "must …"
 * @param got the value
 * @param fix what to do instead
 */
export function problem(prop: string, rule: string, got: unknown, fix: string): Problem {
  return `'${prop}' must ${rule}, got ${show(got)}; ${fix}`;
}

/** Throws all problems of a construct at once, or does nothing when there are none. */
export function failIfAny(scope: Construct, problems: readonly Problem[]): void {
  if (problems.length > 0) fail(scope, problems);
}

/** Throws the problems of a construct. */
export function fail(scope: Construct, problems: readonly Problem[]): never {
  const where = `[${scope.constructor.name} ${scope.node.path || '(root)'}]`;
  throw new Error([...new Set(problems)].map((one) => `${where} ${one}`).join('\n'));
}

/** What is wrong with something that must be given. Only the compiler sees to that, and not everybody has one. */
export const checkGiven = (prop: string, what: string, value: unknown, fix: string): Problem[] =>
  value === undefined || value === null ? [problem(prop, `be ${what}`, undefined, fix)] : [];

/** What is wrong with a list, or with what is listed by names, in which nothing may be missing. */
export const checkEach = (prop: string, what: string, values: object | undefined, fix: string): Problem[] =>
  Object.entries(values ?? {}).flatMap(([key, value]) =>
    checkGiven(`${prop}${Array.isArray(values) ? `[${key}]` : `.${key}`}`, what, value, fix),
  );

/** What is wrong with a name; names that are tokens are a problem of their own, since names become ids. */
export function checkName(prop: string, name: unknown, rule: NameRule, fix: string): Problem[] {
  if (typeof name !== 'string' || name === '') return [problem(prop, 'be a text that is not empty', name, fix)];
  if (Token.isUnresolved(name))
    return [problem(prop, 'be concrete, since ids and names are made of it', 'a token', 'pass a literal string')];
  if (!rule.pattern.test(name)) return [problem(prop, `consist of ${rule.words}`, name, fix)];
  if (rule.reserved?.includes(name))
    return [problem(prop, 'not be a name with a meaning of its own in construct trees', name, fix)];
  if (name.length > rule.maxLength)
    return [
      problem(prop, `have at most ${rule.maxLength} characters`, name, `shorten it by ${name.length - rule.maxLength}`),
    ];
  return [];
}

/** What is wrong with a whole number that has bounds. Tokens pass: their value is not known yet. */
export function checkRange(
  prop: string,
  value: number | undefined,
  bounds: { min: number; max: number },
  unit: string,
): Problem[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  if (Number.isInteger(value) && value >= bounds.min && value <= bounds.max) return [];
  return [
    problem(prop, `be between ${bounds.min} and ${bounds.max} whole ${unit}`, value, 'choose a value in that range'),
  ];
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  // JSON has no word for the numbers that are none.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
