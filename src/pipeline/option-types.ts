import type { Problems } from './problems';
import { type OptionType, resourceWith, typeOf } from './read-options';

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
