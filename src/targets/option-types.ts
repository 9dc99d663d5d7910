import { type Duration, type interfaces, type IResource, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Environment } from '../pipeline/env';
import { typeOf, type OptionType } from '../pipeline/read-options';

/** Type of durations. Tokens cannot be converted to another unit. */
export const DURATION = typeOf('a Duration', 'write it as in Duration.minutes(15)', hasMinutes);

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

/** Returns the type of texts. */
export function textType(words: string, fix: string): OptionType {
  return typeOf(words, fix, (value) => typeof value === 'string');
}

/** Type of names that distinguish deployments. Their characters are validated where they are planned. */
export const DEPLOYMENT_NAME_TYPE = textType('a text that is not empty', 'choose another name');

/** Returns the type of instances of a class. */
export function instanceOf(type: { readonly prototype: object }, words: string, fix: string): OptionType {
  return typeOf(words, fix, (value) => Object.prototype.isPrototypeOf.call(type.prototype, Object(value)));
}

/**
 * Returns the type of resources, which are recognized by an attribute that all of them have.
 *
 * @param words completes "must be …"
 */
export function resourceType(attribute: string, words: string, fix: string): OptionType {
  return typeOf(words, fix, (value) => isObject(value) && attribute in value && isConstruct(value));
}

/** Imported resources that the CDK keeps out of the construct tree throw when their node is read. */
function isConstruct(value: object): boolean {
  try {
    return 'node' in value && isObject(value.node);
  } catch {
    return true;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Returns the name that a resource of this app is given explicitly: unlike its attributes, it can be used in any
 * account and Region.
 */
export function explicitName({ node: { defaultChild } }: IResource, key: string): string | undefined {
  const name = (defaultChild as unknown as Record<string, unknown> | undefined)?.[key];
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}

/**
 * Returns the account and Region of a resource of a target; those of an imported one are known only where its ARN names
 * them.
 */
export function envOfResource(resource: IConstruct & interfaces.IEnvironmentAware): Environment | undefined {
  const { account, region } = resource.env;
  const stack = Stack.of(resource);
  const isKnown = Resource.isOwnedResource(resource) || account !== stack.account || region !== stack.region;
  return isKnown ? { account, region } : undefined;
}
