import { isObject, listOf } from '../../assembly/json';
/** A policy document, read once. What it holds may be partly unknown text (see assembly/unknown). */
export interface Policy {
  /** Policy variables count since version 2012-10-17 only. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
  /** Why the document, or a part of it, cannot be read: what it says is unknown then. */
  readonly unreadable?: string;
}

export interface Statement {
  /** Its `Sid`, or its number from 1. */
  readonly label: string;
  readonly effect: 'Allow' | 'Deny';
  readonly principals?: PrincipalElement;
  readonly actions: Element;
  /** Absent in trust policies. */
  readonly resources?: Element;
  readonly conditions: readonly Condition[];
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Element {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** `Principal` or `NotPrincipal`. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly aws: readonly string[];
  readonly services: readonly string[];
}

export interface Condition {
  /** E.g. "ForAnyValue:StringLikeIfExists". */
  readonly operator: string;
  /** As written; keys are case-insensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

const parsed = new WeakMap<object, Policy>();

/** A policy document as statements. Never throws: what makes no sense is said to be unreadable. */
export function parsePolicy(document: unknown): Policy {
  if (!isObject(document)) {
    return { variables: false, statements: [], unreadable: 'it is no policy document, or not known' };
  }
  const known = parsed.get(document);
  if (known) return known;
  const policy = parse(document);
  parsed.set(document, policy);
  return policy;
}

function parse(document: Readonly<Record<string, unknown>>): Policy {
  const statements: Statement[] = [];
  let unreadable: string | undefined;
  listOf(own(document, 'Statement')).forEach((statement, index) => {
    const result = isObject(statement) ? parseStatement(statement, index + 1) : `statement ${index + 1} is not known`;
    if (typeof result === 'string') unreadable ??= result;
    else statements.push(result);
  });
  return { variables: own(document, 'Version') === '2012-10-17', statements, unreadable };
}

/** The statement, or why it cannot be read. */
function parseStatement(statement: Readonly<Record<string, unknown>>, position: number): Statement | string {
  const sid = own(statement, 'Sid');
  const label = typeof sid === 'string' && sid !== '' ? sid : String(position);
  const effect = own(statement, 'Effect');
  if (effect !== 'Allow' && effect !== 'Deny') return `the effect of statement ${label} is neither Allow nor Deny`;
  const actions = element(statement, 'Action');
  if (actions === undefined) return `the actions of statement ${label} are not known`;
  const conditions = parseConditions(own(statement, 'Condition'));
  if (conditions === undefined) return `the conditions of statement ${label} are not known`;
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
  for (const negated of [false, true]) {
    const value = own(statement, negated ? `Not${name}` : name);
    if (value !== undefined) return { negated, patterns: texts(value) };
  }
  return undefined;
}

function parsePrincipals(statement: Readonly<Record<string, unknown>>): PrincipalElement | undefined {
  for (const negated of [false, true]) {
    const value = own(statement, negated ? 'NotPrincipal' : 'Principal');
    if (value === undefined) continue;
    if (!isObject(value)) return { negated, aws: texts(value), services: [] };
    return { negated, aws: texts(own(value, 'AWS')), services: texts(own(value, 'Service')) };
  }
  return undefined;
}

function parseConditions(value: unknown): Condition[] | undefined {
  if (value === undefined) return [];
  if (!isObject(value)) return undefined;
  const conditions: Condition[] = [];
  for (const [operator, keys] of Object.entries(value)) {
    if (!isObject(keys)) return undefined;
    for (const [key, wanted] of Object.entries(keys)) conditions.push({ operator, key, values: texts(wanted) });
  }
  return conditions;
}

function texts(value: unknown): string[] {
  return listOf(value).map((item) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
