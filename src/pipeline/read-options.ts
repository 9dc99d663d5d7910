import type { Problems } from './problems';

/**
 * Validates the type of a value that is given, reports a wrong one, and returns whether it is right. The compiler does
 * the same, but not every user has one.
 */
export type OptionType = (value: unknown, problems: Problems) => boolean;

/** Types of the options of an interface, of every one of them. */
export type OptionTypes<Options> = { readonly [Name in keyof Required<Options>]: OptionType };

/**
 * Returns the options that are given and have the right type, and reports the others: what they are for is planned as
 * if they were left out.
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
    problems.at(problems.path === '' ? 'props' : 'options').add('be an object', options, 'pass each by its name');
    return read;
  }
  for (const name of Object.keys(types) as Array<keyof Options & string>) {
    const value = options[name];
    if (value !== undefined && value !== null && types[name](value, problems.at(name))) read[name] = value;
  }
  return read;
}

/** Returns a value that is given and has the right type, and reports one that has not. */
export function readValue<Value>(value: Value, type: OptionType, problems: Problems): NonNullable<Value> | undefined {
  return value !== undefined && value !== null && type(value, problems) ? value : undefined;
}

/** Returns the type of values that a test recognizes. */
export function typeOf(words: string, fix: string, test: (value: unknown) => boolean): OptionType {
  return (value, problems) => {
    const valid = test(value);
    if (!valid) problems.add(`be ${words}`, value, fix);
    return valid;
  };
}

/** Values that are validated where they are used. */
export const ANY: OptionType = () => true;
export const TEXT = typeOf('a string', 'write it in quotes', (value) => typeof value === 'string');
export const FLAG = typeOf('true or false', 'write one of the two', (value) => typeof value === 'boolean');

/** Returns the type of lists whose items all have one type. */
export function listOf(items: OptionType, fix: string): OptionType {
  return (value, problems) => {
    if (!Array.isArray(value)) {
      problems.add('be a list', value, fix);
      return false;
    }
    return value.map((item, i) => items(item, problems.index(i))).every((valid) => valid);
  };
}

/** Returns the type of objects whose values all have one type. */
export function recordOf(values: OptionType, fix: string): OptionType {
  return (value, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.add('be an object', value, fix);
      return false;
    }
    const valid = Object.entries(value).map(([name, each]) => values(each, problems.at(name)));
    return valid.every((each) => each);
  };
}

export const TEXTS = listOf(TEXT, "write it as in ['a', 'b']");
export const TEXT_RECORD = recordOf(TEXT, "write it as in { NAME: 'value' }");

/**
 * Returns the type of constructs and other resources, which are recognized by a property that all of them have.
 *
 * @param words completes "must be …"
 */
export function resourceWith(property: string, words: string, fix: string): OptionType {
  return typeOf(words, fix, (value) => typeof value === 'object' && value !== null && property in value);
}

/** What of a list stands in it before, as often as it is there again; by what tells its items apart. */
export function duplicates<T>(all: readonly T[], by: (one: T) => unknown = (one) => one): T[] {
  const keys = all.map(by);
  return all.filter((_, i) => keys.indexOf(keys[i]) < i);
}

/** Type of durations. */
export const DURATION = typeOf(
  'a Duration',
  'write it as in Duration.minutes(30)',
  (value) => typeof value === 'object' && value !== null && 'toMinutes' in value,
);

/** Type of Lambda functions. */
export const LAMBDA_FUNCTION = resourceWith('functionArn', 'a function', 'pass one of this app, or look it up');

/** Type of SNS topics. */
export const TOPIC = resourceWith('topicArn', 'a topic', 'pass one of this app, or look it up');

/** Type of lists whose items are validated one by one. */
export const LIST = listOf(ANY, 'write a list, also of a single item');

/** Returns the items of a list, whatever they are; none if it is left out or no list. */
export function readList<Item>(values: readonly Item[] | undefined, problems: Problems): readonly Item[] {
  return readValue(values, LIST, problems) ?? [];
}

/** A class, also one whose constructor is private. */
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

/** Returns a value that must be given, if it has the right type, and reports any other. */
export function readRequired<Value>(
  value: Value,
  type: OptionType,
  problems: Problems,
): NonNullable<Value> | undefined {
  return type(value, problems) ? (value ?? undefined) : undefined;
}
