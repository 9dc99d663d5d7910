import type { Problems } from './problems';
import { ANY, listOf, type OptionType, readValue, resourceWith, typeOf } from './read-options';

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
