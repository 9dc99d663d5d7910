import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RESERVED_PARAMETER } from '../aws/limits';

/**
 * Returns a name that is derived from the name of the stack and the path of the construct. It is stable, and unique
 * among the constructs of an account and Region. The path alone is not unique: `a-b`/`c` and `a`/`b-c` yield the same
 * text, and an app may be deployed twice with different stack names.
 */
export function generatedName(scope: Construct, maxLength: number, ...more: string[]): string {
  const stack = outermost(Stack.of(scope));
  const ids = scope.node.scopes.slice(scope.node.scopes.indexOf(stack) + 1).map(({ node }) => node.id);
  return digestedName([stack.stackName, ...ids, ...more], maxLength);
}

/** Returns a name with a hash of the path, so that different paths have different names. */
export function digestedName(path: readonly string[], maxLength: number, words: readonly string[] = path): string {
  const hash = digest(JSON.stringify(path));
  const text = words.join('-').replace(/[^A-Za-z0-9_-]/g, '');
  return `${text.slice(0, maxLength - hash.length - 1).replace(/[-_]+$/, '')}-${hash}`;
}

/** Returns a hash of a text with eight characters. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** Returns a {@link generatedName} with the Region, for resources of services that are global in an account. */
export function globalName(scope: Construct, maxLength: number, ...more: string[]): string {
  const longestRegion = 'ap-southeast-99'.length;
  return `${generatedName(scope, maxLength - longestRegion - 1, ...more)}-${Stack.of(scope).region}`;
}

/** Returns the default name of a pipeline. It is concrete, so that names of other resources can contain it. */
export function generatedPipelineName(scope: Construct): string {
  return generatedName(scope, 100);
}

/**
 * Returns the name of an SSM parameter below a generated name. Names must not begin with `aws` or `ssm`.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
export function parameterPath(name: string, key: string): string {
  return RESERVED_PARAMETER.test(name) ? `/delivery/${name}/${key}` : `/${name}/${key}`;
}

/** Returns the top-level stack of a nested stack, or the stack itself. */
export function outermost(stack: Stack): Stack {
  let outer = stack;
  while (outer.nestedStackParent) outer = outer.nestedStackParent;
  return outer;
}

/**
 * Returns a name as stacks in other accounts can use it.
 *
 * @param scope construct in the account of the pipeline
 * @returns undefined if the name is unknown until its stack is deployed
 */
export function literalName(scope: Construct, name: string): string | undefined {
  try {
    const resolved: unknown = Stack.of(scope).resolve(name);
    return typeof resolved === 'string' ? resolved : undefined;
  } catch {
    return undefined; // The CDK throws if a resource has no explicit name.
  }
}
