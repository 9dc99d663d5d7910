import type { Problems } from './problems';

/**
 * Validates the type of a value that is given, reports a wrong one, and returns whether it is right. The compiler does the same, but not
 * every user has one.
 */
export type OptionType = (value: unknown, problems: Problems) => boolean;

/** Types of the options of an interface, of every one of them. */
export type OptionTypes<Options> = { readonly [Name in keyof Required<Options>]: OptionType };

/**
 * Returns the options that are given and have the right type, and reports the others: what they are for is planned as if they were left out.
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
