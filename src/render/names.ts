import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A name that is made of the stack and of where the construct stands in it: the same at every synthesis, different for
 * any two constructs of an account and region. The ids alone would not do: `a-b`/`c` and `a`/`b-c` read the same, and
 * one app may be deployed twice under two stack names.
 */
export function generatedName(scope: Construct, maxLength: number, ...more: string[]): string {
  const stack = outermost(Stack.of(scope));
  const ids = scope.node.scopes.slice(scope.node.scopes.indexOf(stack) + 1).map((one) => one.node.id);
  return digestedName([stack.stackName, ...ids, ...more], maxLength);
}

/** A name of some words that is different for any two lists of words. */
export function digestedName(path: readonly string[], maxLength: number, words: readonly string[] = path): string {
  const hash = digest(JSON.stringify(path));
  const text = words.join('-').replace(/[^A-Za-z0-9_-]/g, '');
  return `${text.slice(0, maxLength - hash.length - 1).replace(/[-_]+$/, '')}-${hash}`;
}

/** Eight characters that tell texts apart. */
export function digest(text: string) {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** A {@link generatedName} for what CloudFront keeps once per account: copies in two regions must not meet. */
export function globalName(scope: Construct, maxLength: number, ...more: string[]): string {
  const longestRegion = 'ap-southeast-99'.length;
  return `${generatedName(scope, maxLength - longestRegion - 1, ...more)}-${Stack.of(scope).region}`;
}

/**
 * The name of a pipeline that nobody named. It is concrete, so that what the pipeline needs can be named before it
 * exists.
 */
export function generatedPipelineName(scope: Construct) {
  return generatedName(scope, 100);
}

/** The stack that holds a nested stack, or the stack itself. */
export function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

/**
 * A name as it is written in stacks of other accounts.
 *
 * @param scope in the account of the pipeline
 * @returns undefined when it is not known before the stack is deployed that makes the thing
 */
export function literalName(scope: Construct, name: string): string | undefined {
  try {
    const resolved: unknown = Stack.of(scope).resolve(name);
    return typeof resolved === 'string' ? resolved : undefined;
  } catch {
    return undefined; // So says CDK of what has no name of its own.
  }
}
