import type { Problems } from './problems';

/**
 * Validates the type of a value: reports a wrong type, and returns whether the type is right. Users of JavaScript and
 * Python have no compiler that does.
 */
export type OptionType = (value: unknown, problems: Problems) => boolean;

/** Types of all options of an interface. */
export type OptionTypes<Options> = { readonly [Name in keyof Required<Options>]: OptionType };

/**
 * Returns the options that have the right type, and reports those that do not. Planning continues without them, so
 * that all problems are reported at once.
 *
 * @param problems collector at the property that the options belong to
 */
export function readOptions<Options extends object>(
  options: Options | undefined,
  types: OptionTypes<Options>,
  problems: Problems,
): Partial<Options> {
  const read: Partial<Options> = {};
  if (options === undefined || options === null) return read;
  if (typeof options !== 'object' || Array.isArray(options)) {
    // The options of a construct are its props.
    const path = problems.path === '' ? 'props' : 'options';
    problems.at(path).add(OBJECT, options, 'pass an object with named properties');
    return read;
  }
  for (const name of Object.keys(types) as Array<keyof Options & string>) {
    const value = options[name];
    if (value !== undefined && value !== null && types[name](value, problems.at(name))) read[name] = value;
  }
  return read;
}

/** Returns an optional value if it has the right type, and reports it otherwise. */
export function readValue<Value>(value: Value, type: OptionType, problems: Problems): NonNullable<Value> | undefined {
  return value !== undefined && value !== null && type(value, problems) ? value : undefined;
}

/**
 * Returns a type by a predicate.
 *
 * @param expected completes "must be …"
 * @param fix instruction in the imperative
 */
export function typeOf(expected: string, fix: string, predicate: (value: unknown) => boolean): OptionType {
  return (value, problems) => {
    const valid = predicate(value);
    if (!valid) problems.add(`be ${expected}`, value, fix);
    return valid;
  };
}

/** Type of values that are validated where they are used. */
export const ANY: OptionType = () => true;

/** Type of strings. */
export const TEXT = typeOf('a string', 'pass a string', (value) => typeof value === 'string');

/** Type of booleans. */
export const FLAG = typeOf('a boolean', 'pass true or false', (value) => typeof value === 'boolean');

const OBJECT = 'be an object';

/** Returns the type of lists whose items have the same type. */
export function listOf(items: OptionType, fix: string): OptionType {
  return (value, problems) => {
    if (!Array.isArray(value)) {
      problems.add('be a list', value, fix);
      return false;
    }
    return value.map((item, i) => items(item, problems.index(i))).every((valid) => valid);
  };
}

/** Returns the type of objects whose values have the same type. */
export function recordOf(values: OptionType, fix: string): OptionType {
  return (value, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.add(OBJECT, value, fix);
      return false;
    }
    return Object.entries(value)
      .map(([name, entry]) => values(entry, problems.at(name)))
      .every((valid) => valid);
  };
}

/** Type of lists of strings. */
export const TEXTS = listOf(TEXT, "pass a list, e.g. ['a', 'b']");

/** Type of objects whose values are strings. */
export const TEXT_RECORD = recordOf(TEXT, "pass an object, e.g. { NAME: 'value' }");

/**
 * Returns the type of constructs that have a certain property.
 *
 * @param expected completes "must be …"
 */
export function resourceWith(property: string, expected: string, fix: string): OptionType {
  return typeOf(expected, fix, (value) => typeof value === 'object' && value !== null && property in value);
}

/** Returns the items that duplicate an earlier item, compared by key. */
export function duplicates<T>(items: readonly T[], keyOf: (item: T) => unknown = (item) => item): T[] {
  const keys = items.map(keyOf);
  return items.filter((_, i) => keys.indexOf(keys[i]) < i);
}

/** Fix of a resource that is missing or has the wrong type. */
export const CREATE_OR_IMPORT = 'pass one that this app creates, or import it';

/** Type of durations. */
export const DURATION = typeOf(
  'a Duration',
  'pass a duration, e.g. Duration.minutes(30)',
  (value) => typeof value === 'object' && value !== null && 'toMinutes' in value,
);

/** Type of Lambda functions. */
export const LAMBDA_FUNCTION = resourceWith('functionArn', 'a Lambda function', CREATE_OR_IMPORT);

/** Type of SNS topics. */
export const TOPIC = resourceWith('topicArn', 'an SNS topic', CREATE_OR_IMPORT);

/** Type of lists whose items are validated individually. */
export const LIST = listOf(ANY, 'pass a list, even for a single item');

/** Returns the items of an optional list. An invalid list is reported and has no items. */
export function readList<Item>(values: readonly Item[] | undefined, problems: Problems): readonly Item[] {
  return readValue(values, LIST, problems) ?? [];
}

/** Describes a class, whose constructor may be private. */
interface Class {
  readonly name: string;
  [Symbol.hasInstance](value: unknown): boolean;
}

/** Returns the type of the instances of a class. */
export function instanceOf(type: Class, fix: string): OptionType {
  const article = /^[AEIOU]/.test(type.name) ? 'an' : 'a';
  return typeOf(`${article} ${type.name}`, fix, (value) => value instanceof type);
}

/** Returns the type of the members of an enum. */
export function enumOf(members: Readonly<Record<string, string>>): OptionType {
  const values: readonly unknown[] = Object.values(members);
  return typeOf(`one of ${values.join(', ')}`, 'choose one of these', (value) => values.includes(value));
}

/** Returns a required value if it has the right type, and reports it otherwise. */
export function readRequired<Value>(
  value: Value,
  type: OptionType,
  problems: Problems,
): NonNullable<Value> | undefined {
  return type(value, problems) ? (value ?? undefined) : undefined;
}
