import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { ResourceModel } from '../../src/assembly/resource-model';
import type { StackScope } from '../../src/assembly/scope';
import type { Template } from '../../src/assembly/template';

export const TOOLS = '111111111111';
export const PROD = '222222222222';
export const EU = 'eu-west-1';
export const US = 'us-east-1';

/** A stack of TOOLS in EU, as it is read from an assembly; its name is its display name, too. */
export function stackOf(
  template: Template,
  { stackName = 'Tools', ...more }: Partial<AssemblyStack> = {},
): AssemblyStack {
  const defaults = {
    displayName: stackName,
    stackName,
    account: TOOLS,
    region: EU,
    parameters: {},
    nested: {},
    directory: '',
  };
  return { ...defaults, ...more, template: { Resources: {}, ...template } };
}

/** The same stack, made for any account and region. */
export function anywhere(stack: AssemblyStack): AssemblyStack {
  return { ...stack, account: undefined, region: undefined };
}

/** The stacks of a world by display name. */
export function scopesOf(...stacks: readonly AssemblyStack[]): {
  readonly model: ResourceModel;
  readonly scopes: Readonly<Record<string, StackScope>>;
} {
  const model = new ResourceModel(stacks);
  return { model, scopes: Object.fromEntries(model.stacks.map((stack) => [stack.displayName, stack])) };
}

/** Characters that stand for unknown values inside, and that must not leave it. */
export const PRIVATE = /[\u{e000}-\u{f8ff}\u{f0000}-\u{10ffff}]/u;
