import { DefaultStackSynthesizer, Stack, Stage, type Environment } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { generatedName, outermost } from './names';

/** Stacks may have 128 characters. */
const MAX_NAME = 128;

/**
 * A stack beside that of the pipeline, for what must be in another account or region. It is named after the stack and
 * the construct, and is deployed before them.
 *
 * @param purpose what tells it from the other stacks of this construct, e.g. `production`
 * @param env concrete account and region
 */
export function supportStack(
  scope: Construct,
  purpose: string,
  env: Required<Environment>,
  description: string,
): Stack {
  const home = outermost(Stack.of(scope));
  const ids = scope.node.scopes.slice(scope.node.scopes.indexOf(home) + 1).map(({ node }) => node.id);
  const words = [home.stackName, ...ids, purpose].join('-').replace(/[^A-Za-z0-9-]+/g, '-');
  const stackName = words.length <= MAX_NAME ? words : generatedName(scope, MAX_NAME, purpose);
  const qualifier = home.synthesizer.bootstrapQualifier;
  const stack = new Stack(Stage.of(scope)!, stackName, {
    stackName,
    env,
    description,
    // Both environments were bootstrapped alike.
    ...(qualifier !== undefined &&
      home.synthesizer instanceof DefaultStackSynthesizer && {
        synthesizer: new DefaultStackSynthesizer({ qualifier }),
      }),
  });
  deployAfter(home, stack);
  return stack;
}

/** The method was renamed: the old name is deprecated in new releases, and old ones know no other. */
export function deployAfter(stack: Stack, needed: Stack): void {
  const renamed = stack as Stack & { addStackDependency?(target: Stack): void };
  if (renamed.addStackDependency) renamed.addStackDependency(needed);
  else stack.addDependency(needed);
}

/** The child of this id, made when it is first asked for. */
export function getOrCreate<T extends Construct>(
  scope: Construct,
  id: string,
  make: (scope: Construct, id: string) => T,
): T {
  return (scope.node.tryFindChild(id) as T | undefined) ?? make(scope, id);
}
