import { isObject, listOf, memberOf } from '../../assembly/json';

/** Describes a parsed policy document. Its strings may be partly unknown (see assembly/unknown). */
export interface Policy {
  /** Whether the version supports policy variables (2012-10-17). */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
  /** The reason if the document, or a part of it, cannot be parsed. Its permissions are unknown. */
  readonly unreadable?: string;
}

export interface Statement {
  /** The `Sid`, or the number of the statement, starting with 1. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: PrincipalElement;
  readonly actions: Element;
  /** Absent in trust policies and repository policies. */
  readonly resources?: Element;
  readonly conditions: readonly Condition[];
}

/** Describes `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Element {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** Describes `Principal` or `NotPrincipal`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

export interface Condition {
  /** E.g. "ForAnyValue:StringLikeIfExists". */
  readonly operator: string;
  /** As in the policy. Keys are case-insensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

const parsed = new WeakMap<object, Policy>();

/** Parses a policy document. Does not throw, but sets `unreadable` if the document is invalid. */
export function parsePolicy(document: unknown): Policy {
  if (!isObject(document)) {
    return { variables: false, statements: [], unreadable: 'the document is invalid or unknown' };
  }
  const cached = parsed.get(document);
  if (cached) return cached;
  const policy = parse(document);
  parsed.set(document, policy);
  return policy;
}

function parse(document: Readonly<Record<string, unknown>>): Policy {
  const statements: Statement[] = [];
  let unreadable: string | undefined;
  listOf(memberOf(document, 'Statement')).forEach((statement, index) => {
    const result = parseStatement(statement, index + 1);
    if (typeof result === 'string') unreadable ??= result;
    else statements.push(result);
  });
  return { variables: memberOf(document, 'Version') === '2012-10-17', statements, unreadable };
}

/** Returns the statement, or the reason why it cannot be parsed. */
function parseStatement(statement: unknown, position: number): Statement | string {
  if (!isObject(statement)) return `statement ${position} is unknown`;
  const sid = memberOf(statement, 'Sid');
  const label = typeof sid === 'string' && sid !== '' ? sid : String(position);
  const effect = memberOf(statement, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') return `the effect of statement ${label} is neither Allow nor Deny`;
  const actions = element(statement, 'Action');
  if (actions === undefined) return `the actions of statement ${label} are unknown`;
  const conditions = parseConditions(memberOf(statement, 'Condition'));
  if (conditions === undefined) return `the conditions of statement ${label} are unknown`;
  return {
    label,
    effect,
    actions,
    resources: element(statement, 'Resource'),
    principals: parsePrincipals(statement),
    conditions,
  };
}

function element(statement: Readonly<Record<string, unknown>>, name: string): Element | undefined {
  const value = memberOf(statement, name);
  if (value !== undefined) return { negated: false, patterns: texts(value) };
  const negatedValue = memberOf(statement, `Not${name}`);
  if (negatedValue !== undefined) return { negated: true, patterns: texts(negatedValue) };
  return undefined;
}

function parsePrincipals(statement: Readonly<Record<string, unknown>>): PrincipalElement | undefined {
  const principal = memberOf(statement, 'Principal');
  const negated = principal === undefined;
  const value = negated ? memberOf(statement, 'NotPrincipal') : principal;
  if (value === undefined) return undefined;
  if (!isObject(value)) return { negated, aws: texts(value), services: [] };
  return { negated, aws: texts(memberOf(value, 'AWS')), services: texts(memberOf(value, 'Service')) };
}

function parseConditions(value: unknown): Condition[] | undefined {
  if (value === undefined) return [];
  if (!isObject(value)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (!isObject(keys)) return undefined;
    for (const [key, values] of Object.entries(keys)) conditions.push({ operator, key, values: texts(values) });
  }
  return conditions;
}

function texts(value: unknown): string[] {
  return listOf(value).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}
