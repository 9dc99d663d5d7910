import { DefaultStackSynthesizer, Stack, Stage, type Environment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { generatedName, outermost } from './names';

/** Maximum length of the name of a stack. */
const MAX_NAME = 128;

/**
 * Creates a stack for resources of a pipeline in another account or Region. It is named after the stack of the pipeline
 * and the construct, and is deployed before the stack of the pipeline.
 *
 * @param purpose distinguishes the stack from others of the construct, e.g. `production`
 * @param env concrete account and Region
 */
export function supportStack(
  scope: Construct,
  purpose: string,
  env: Required<Environment>,
  description: string,
): Stack {
  const pipelineStack = outermost(Stack.of(scope));
  const ids = scope.node.scopes.slice(scope.node.scopes.indexOf(pipelineStack) + 1).map(({ node }) => node.id);
  let stackName = [pipelineStack.stackName, ...ids, purpose].join('-').replace(/[^A-Za-z0-9-]+/g, '-');
  if (stackName.length > MAX_NAME) stackName = generatedName(scope, MAX_NAME, purpose);
  const synthesizer = synthesizerLike(pipelineStack);
  const stack = new Stack(Stage.of(scope)!, stackName, { stackName, env, description, synthesizer });
  deployAfter(pipelineStack, stack);
  supportStacks.set(scope, [...supportStacksOf(scope), stack]);
  return stack;
}

const supportStacks = new WeakMap<Construct, readonly Stack[]>();

/** Returns the stacks that were created for resources of a pipeline. */
export function supportStacksOf(scope: Construct): readonly Stack[] {
  return supportStacks.get(scope) ?? [];
}

/** Returns a synthesizer with the bootstrap qualifier of another stack, if that stack has one. */
function synthesizerLike({ synthesizer }: Stack): DefaultStackSynthesizer | undefined {
  const qualifier = synthesizer.bootstrapQualifier;
  if (qualifier === undefined || !(synthesizer instanceof DefaultStackSynthesizer)) return undefined;
  return new DefaultStackSynthesizer({ qualifier });
}

/**
 * Makes a stack depend on another one. The method of the CDK was renamed: newer releases deprecate the former name, and
 * older releases lack the new one.
 */
export function deployAfter(stack: Stack, needed: Stack): void {
  const renamed = stack as Stack & { addStackDependency?(target: Stack): void };
  if (renamed.addStackDependency) renamed.addStackDependency(needed);
  else stack.addDependency(needed);
}

/** Returns the child with an id, which is created on first use. */
export function getOrCreate<T extends Construct>(
  scope: Construct,
  id: string,
  create: (scope: Construct, id: string) => T,
): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? create(scope, id);
}
