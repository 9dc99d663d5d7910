import type { Problems } from './problems';

/** Describes what a property may hold. Not every user has a compiler: a value of another type must end in a problem, never in a TypeError. */
export interface ValueType {
  /** Reports a value of another type, and returns whether it is of this one. */
  validate(value: unknown, problems: Problems): boolean;
}

/** Describes the properties of options by their names, so that the compiler lists one that is forgotten. */
export type OptionTypes<Options extends object> = { readonly [Name in keyof Required<Options>]: ValueType };

/**
 * Validates the types of options, and returns whether all of them can be planned. Options that are left out pass.
 *
 * @param problems collector at the property that the options are below
 */
export function validateOptions<Options extends object>(
  options: Options,
  types: OptionTypes<Options>,
  problems: Problems,
): boolean {
  return OPTIONS.validate(options, problems.at('options')) && validateProperties(options, types, problems);
}

function validateProperties<Options extends object>(
  options: Options,
  types: OptionTypes<Options>,
  problems: Problems,
): boolean {
  const names = Object.keys(types) as Array<keyof Options & string>;
  const wrong = names.filter((name) => !types[name].validate(options[name], problems.at(name)));
  return wrong.length === 0;
}

/** Returns the type of values that a test accepts. */
export function valueType(what: string, accepts: (value: unknown) => boolean, fix = `pass ${what}`): ValueType {
  return {
    validate(value, problems) {
      const accepted = accepts(value);
      if (!accepted) problems.add(`be ${what}`, value ?? undefined, fix);
      return accepted;
    },
  };
}

/** Returns a type that may also be left out. */
export function optional(type: ValueType): ValueType {
  return { validate: (value, problems) => value === undefined || type.validate(value, problems) };
}

/** Returns the type of a list, each of whose items is of a type. */
export function listOf(item: ValueType, what = 'a list', fix?: string): ValueType {
  const list = valueType(what, Array.isArray, fix);
  return {
    validate(value, problems) {
      if (!list.validate(value, problems)) return false;
      // A hole in a list is an item that is missing.
      const items = Array.from(value as readonly unknown[]);
      return items.filter((each, i) => !item.validate(each, problems.index(i))).length === 0;
    },
  };
}

/** Returns the type of an object, each of whose values is of a type. */
export function recordOf(item: ValueType, what = 'an object of names and values', fix?: string): ValueType {
  const record = valueType(what, isObject, fix);
  return {
    validate(value, problems) {
      if (!record.validate(value, problems)) return false;
      const entries = Object.entries(value as object);
      return entries.filter(([name, each]) => !item.validate(each, problems.at(name))).length === 0;
    },
  };
}

/** Returns the type of an object with properties of certain types. */
export function objectOf<Options extends object>(types: OptionTypes<Options>, what: string, fix?: string): ValueType {
  const object = valueType(what, isObject, fix);
  return {
    validate(value, problems) {
      return object.validate(value, problems) && validateProperties(value as Options, types, problems);
    },
  };
}

/** Returns the type of instances of a class, which has only private constructors. */
export function instanceOf(type: { readonly prototype: object }, what: string, fix?: string): ValueType {
  return valueType(what, (value) => isObject(value) && Object.prototype.isPrototypeOf.call(type.prototype, value), fix);
}

/** Returns the type of resources and other constructs. */
export function constructOf(what: string, fix?: string): ValueType {
  return valueType(what, isConstruct, fix);
}

/** Returns the type of texts. */
export function text(what = 'a text', fix?: string): ValueType {
  return valueType(what, (value) => typeof value === 'string', fix);
}

export const FLAG = valueType('true or false', (value) => typeof value === 'boolean');

const OPTIONS = valueType('an object with options', isObject, 'pass one, or leave it out');

/** Accepts anything: for a value that is validated where it is used. */
export const ANYTHING: ValueType = { validate: () => true };

/** Returns whether a value has a node in the construct tree. */
export function isConstruct(value: unknown): boolean {
  return isObject(value) && isObject((value as { readonly node?: unknown }).node);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
