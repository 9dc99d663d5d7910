import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NameRule } from '../aws/limits';
import { consistOf, KNOWN_AT_SYNTH, NO_RESERVED_NAME, wholeNumber } from './rules';
import { atMostCharacters } from '../common/rules';

/** One violated rule, as one sentence without the construct in front. */
export type Problem = string;

/** Rule of texts that must not be empty. */
export const NON_EMPTY_STRING = 'be a non-empty string';

/** Fix of a number that is out of its bounds. */
export const CHOOSE_IN_RANGE = 'choose a value in that range';

/** Returns the rule of lists that must not be empty. */
export function atLeastOne(item: string): string {
  return `contain at least one ${item}`;
}

/**
 * Collects the problems of a construct, each with the path of the property that it comes from.
 *
 * Each collector has a path. `at` and `index` return collectors for the properties below it, so code that plans a value
 * reports problems without the path of the value.
 *
 * @example
 * const environment = problems.at('environments').index(1);
 * // 'environments[1].approval' must be an Approval, got true; pass Approval.manual()
 * environment.at('approval').add('be an Approval', true, 'pass Approval.manual()');
 */
export class Problems {
  /** Path of the property in the props, such as `environments[1].approval`; empty for the props themselves. */
  public readonly path: string;
  /** Whether the props may have properties that no option resembles. */
  public readonly acceptsFurtherProps: boolean;
  private readonly collected: Problem[];

  public constructor(path = '', collected: Problem[] = [], options: { acceptsFurtherProps?: boolean } = {}) {
    this.path = path;
    this.collected = collected;
    this.acceptsFurtherProps = options.acceptsFurtherProps ?? false;
  }

  /** Returns the collector of a property below this one, or this collector if the name is empty. */
  public at(prop: string): Problems {
    if (prop === '') return this;
    return new Problems(this.path === '' ? prop : `${this.path}.${prop}`, this.collected);
  }

  /** Returns the collector of a list item. */
  public index(index: number): Problems {
    return new Problems(`${this.path}[${index}]`, this.collected);
  }

  /** Returns the collector of a property by its path from the root of the props. */
  public root(path: string): Problems {
    return new Problems(path, this.collected);
  }

  /** Returns a collector with the same path that drops its problems, for planning the same value a second time. */
  public muted(): Problems {
    return new Problems(this.path);
  }

  /** Problems of all paths, without duplicates. */
  public get all(): readonly Problem[] {
    return [...new Set(this.collected)];
  }

  /** Whether problems of the property, or of a property below it, are reported. */
  public get isReported(): boolean {
    return this.collected.some(
      (text) => text.startsWith(`'${this.path}`) && /^['.[]/.test(text.slice(this.path.length + 1)),
    );
  }

  /** Number of problems of all paths. */
  public get count(): number {
    return this.collected.length;
  }

  /**
   * Reports a problem of the property.
   *
   * @param rule completes "must …"
   * @param got the value
   * @param fix instruction in the imperative
   */
  public add(rule: string, got: unknown, fix: string): void {
    this.collected.push(problem(this.path, rule, got, fix));
  }

  /** Reports problems that already contain their paths. */
  public addAll(problems: readonly Problem[]): void {
    this.collected.push(...problems);
  }

  /** Reports a missing value, and returns whether there is one. JavaScript and other languages may omit any value. */
  public required<T>(expected: string, value: T, fix: string): value is NonNullable<T> {
    const isProvided = value !== undefined && value !== null;
    if (!isProvided) this.add(`be ${expected}`, undefined, fix);
    return isProvided;
  }

  /** Reports each missing value of a list or record, and returns whether all are there. */
  public eachRequired(expected: string, values: object | undefined, fix: string): boolean {
    const entries = Object.entries(values ?? {});
    const provided = entries.filter(([key, value]) => {
      const problems = Array.isArray(values) ? this.index(Number(key)) : this.at(key);
      return problems.required(expected, value, fix);
    });
    return provided.length === entries.length;
  }

  /** Validates a name, and returns whether it is valid. Tokens are invalid, because construct ids derive from names. */
  public name(name: unknown, rule: NameRule, fix: string): boolean {
    const problems = checkName(this.path, name, rule, fix);
    this.addAll(problems);
    return problems.length === 0;
  }

  /** Validates that a number is whole and within its bounds. Tokens are accepted: their values are unknown. */
  public range(value: number | undefined, bounds: { min: number; max: number }, unit: string): void {
    if (value === undefined || (typeof value === 'number' && Token.isUnresolved(value))) return;
    if (Number.isInteger(value) && value >= bounds.min && value <= bounds.max) return;
    this.add(wholeNumber(unit, bounds), value, CHOOSE_IN_RANGE);
  }
}

/** Returns the path of a property of a planned step, by the name of the property or of its configuration key. */
export function pathIn(planned: PlannedFrom, prop: string): string {
  return `${planned.path}.${planned.propNames?.[prop] ?? prop}`;
}

/** Locates a planned step in the props. */
export interface PlannedFrom {
  /** Path of the property that it comes from. */
  readonly path: string;
  /** Names of the properties below `path` by configuration key, where they differ. */
  readonly propNames?: Readonly<Record<string, string>>;
}

/**
 * Returns an error message. All messages have this form.
 *
 * @param prop path of the property, such as `environments[1].name`
 * @param rule completes "must …"
 * @param got the value
 * @param fix instruction in the imperative
 */
export function problem(prop: string, rule: string, got: unknown, fix: string): Problem {
  return `'${prop}' must ${rule}, got ${format(got)}; ${fix}`;
}

/** Throws all problems of a construct at once, if there are any. */
export function failIfAny(scope: Construct, problems: readonly Problem[]): void {
  if (problems.length > 0) fail(scope, problems);
}

/** Throws the problems of a construct. */
export function fail(scope: Construct, problems: readonly Problem[]): never {
  const where = `[${scope.constructor.name} ${scope.node.path || '(root)'}]`;
  throw new Error([...new Set(problems)].map((sentence) => `${where} ${sentence}`).join('\n'));
}

/** Returns the problem of a name, if it has one. Tokens are invalid, because construct ids derive from names. */
function checkName(prop: string, name: unknown, rule: NameRule, fix: string): Problem[] {
  if (typeof name !== 'string' || name === '') return [problem(prop, NON_EMPTY_STRING, name, fix)];
  if (Token.isUnresolved(name)) {
    return [problem(prop, KNOWN_AT_SYNTH, 'a token', 'pass a literal string')];
  }
  if (!rule.pattern.test(name)) return [problem(prop, consistOf(rule), name, fix)];
  if (rule.reserved?.includes(name)) return [problem(prop, NO_RESERVED_NAME, name, fix)];
  const excess = name.length - rule.maxLength;
  if (excess > 0) return [problem(prop, atMostCharacters(rule.maxLength), name, `shorten it by ${excess}`)];
  return [];
}

function format(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = toText(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function toText(value: unknown): string {
  // JSON cannot represent NaN, infinities, functions, big integers, and constructs, which have circular references.
  if (typeof value === 'number') return String(value);
  if (typeof value === 'function') return `the ${/^class\b/.test(String(value)) ? 'class' : 'function'} ${value.name}`;
  try {
    const json = JSON.stringify(value) ?? String(value);
    return json === '{}' ? emptyToText(value) : json;
  } catch {
    return objectToText(value);
  }
}

/** Returns an object that is empty in JSON: maps, promises and others have contents that JSON does not show. */
function emptyToText(value: unknown): string {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: { readonly name?: string } } | null;
  const name = prototype?.constructor?.name ?? 'Object';
  return name === 'Object' ? '{}' : `an instance of ${name}`;
}

/** Returns an object without a representation in JSON as text. Its methods may fail, too. */
function objectToText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'an object that cannot be read';
  }
}
