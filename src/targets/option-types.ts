import type { Duration } from 'aws-cdk-lib';
import { isConstruct, valueType, type ValueType } from '../pipeline/value-types';

/**
 * Returns the type of a resource of the CDK.
 *
 * @param attribute that every resource of the type has
 */
export function resourceOf(attribute: string, what: string, fix?: string): ValueType {
  return valueType(what, (value) => isConstruct(value) && attribute in Object(value), fix);
}

/** Type of durations. Tokens cannot be converted to another unit. */
export const DURATION = valueType('a Duration', hasMinutes, 'write it as in Duration.minutes(15)');

/** Returns the minutes of a duration, if there is one. */
export function minutesOf(duration: Duration | undefined): number | undefined {
  return duration?.toMinutes({ integral: false });
}

function hasMinutes(value: unknown): boolean {
  try {
    return minutesOf(value as Duration) !== undefined;
  } catch {
    return false;
  }
}
