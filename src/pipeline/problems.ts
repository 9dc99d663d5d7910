import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NameRule } from '../aws/limits';

/** One violated rule, as one sentence without the construct in front. */
export type Problem = string;

/**
 * Collects every problem of a construct, with the path of the property that each comes from.
 *
 * A collector stands at a path. `at` and `index` lead to the properties below it, so that whoever plans a value reports
 * problems of the value without knowing where the user wrote it.
 *
 * @example
 * const environment = problems.at('environments').index(1);
 * environment.at('approval').add('be an Approval', true, 'pass Approval.manual()'); // 'environments[1].approval' must be …
 */
export class Problems {
  /**
   * Path of the property, as the user writes it, such as `environments[1].approval`; empty for the props themselves.
   */
  public readonly path: string;
  private readonly found: Problem[];

  public constructor(path = '', found: Problem[] = []) {
    this.path = path;
    this.found = found;
  }

  /** Returns the collector of a property. `at('')` is the same property. */
  public at(prop: string): Problems {
    if (prop === '') return this;
    return new Problems(this.path === '' ? prop : `${this.path}.${prop}`, this.found);
  }

  /** Returns the collector of an item of a list. */
  public index(index: number): Problems {
    return new Problems(`${this.path}[${index}]`, this.found);
  }

  /** Returns the collector of a property that is named from the root of the props. */
  public root(path: string): Problems {
    return new Problems(path, this.found);
  }

  /** Returns a collector at the same path whose problems are dropped: for planning the same thing a second time. */
  public muted(): Problems {
    return new Problems(this.path);
  }

  /** All problems so far, of every path, each once. */
  public get all(): readonly Problem[] {
    return [...new Set(this.found)];
  }

  /** Number of problems so far, of every path. */
  public get count(): number {
    return this.found.length;
  }

  /**
   * Reports a problem of the property.
   *
   * @param rule completes "must …"
   * @param got the value
   * @param fix what to do instead, as an imperative
   */
  public add(rule: string, got: unknown, fix: string): void {
    this.found.push(problem(this.path, rule, got, fix));
  }

  /** Reports problems that name their paths already. */
  public addAll(problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  /** Reports a value that is not given, and returns whether it is. Not everybody has a compiler that does. */
  public required<T>(what: string, value: T, fix: string): value is NonNullable<T> {
    const given = value !== undefined && value !== null;
    if (!given) this.add(`be ${what}`, undefined, fix);
    return given;
  }

  /** Reports every value that is missing in a list or in a record, and returns whether all are given. */
  public eachRequired(what: string, values: object | undefined, fix: string): boolean {
    const entries = Object.entries(values ?? {});
    const given = entries.filter(([key, value]) =>
      (Array.isArray(values) ? this.index(Number(key)) : this.at(key)).required(what, value, fix),
    );
    return given.length === entries.length;
  }

  /** Reports a name that breaks its rule, and returns whether it keeps it. Tokens break it, since names become ids. */
  public name(name: unknown, rule: NameRule, fix: string): boolean {
    const problems = checkName(this.path, name, rule, fix);
    this.addAll(problems);
    return problems.length === 0;
  }

  /** Reports a whole number out of its bounds. Tokens pass: their value is not known yet. */
  public range(value: number | undefined, bounds: { min: number; max: number }, unit: string): void {
    this.addAll(checkRange(this.path, value, bounds, unit));
  }
}

/**
 * Returns the path of a property of a planned thing, by the name of the property or of the configuration key that it
 * becomes.
 */
export function pathIn(planned: PlannedFrom, prop: string): string {
  return `${planned.path}.${planned.propNames?.[prop] ?? prop}`;
}

/** A planned thing that names the property it comes from. */
export interface PlannedFrom {
  readonly path: string;
  readonly propNames?: Readonly<Record<string, string>>;
}

/**
 * Returns the one sentence form of every error.
 *
 * @param prop where the value stands, as the user writes it, e.g. `environments[1].name`
 * @param rule completes "must …"
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
  throw new Error([...new Set(problems)].map((sentence) => `${where} ${sentence}`).join('\n'));
}

/** Returns the problem of a value that must be given. */
export function checkGiven(prop: string, what: string, value: unknown, fix: string): Problem[] {
  return value === undefined || value === null ? [problem(prop, `be ${what}`, undefined, fix)] : [];
}

/** Returns the problems of a list, or of a record, in which nothing may be missing. */
export function checkEach(prop: string, what: string, values: object | undefined, fix: string): Problem[] {
  return Object.entries(values ?? {}).flatMap(([key, value]) =>
    checkGiven(`${prop}${Array.isArray(values) ? `[${key}]` : `.${key}`}`, what, value, fix),
  );
}

/** Returns the problem of a name. Tokens are a problem of their own, since names become ids. */
export function checkName(prop: string, name: unknown, rule: NameRule, fix: string): Problem[] {
  if (typeof name !== 'string' || name === '') return [problem(prop, 'be a text that is not empty', name, fix)];
  if (Token.isUnresolved(name)) {
    return [problem(prop, 'be concrete, since ids and names are made of it', 'a token', 'pass a literal string')];
  }
  if (!rule.pattern.test(name)) return [problem(prop, `consist of ${rule.words}`, name, fix)];
  if (rule.reserved?.includes(name)) {
    return [problem(prop, 'not be a name with a meaning of its own in construct trees', name, fix)];
  }
  if (name.length > rule.maxLength) {
    return [
      problem(prop, `have at most ${rule.maxLength} characters`, name, `shorten it by ${name.length - rule.maxLength}`),
    ];
  }
  return [];
}

/** Returns the problem of a whole number that has bounds. Tokens pass: their value is not known yet. */
export function checkRange(
  prop: string,
  value: number | undefined,
  bounds: { min: number; max: number },
  unit: string,
): Problem[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  if (Number.isInteger(value) && value >= bounds.min && value <= bounds.max) return [];
  const rule = `be between ${bounds.min} and ${bounds.max} whole ${unit}`;
  return [problem(prop, rule, value, 'choose a value in that range')];
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = textOf(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function textOf(value: unknown): string {
  // JSON cannot express NaN, the infinities, functions and big integers; constructs refer to themselves.
  if (typeof value === 'number') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}
