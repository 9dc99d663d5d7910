import type { ServiceRule } from './service-rule';
import { isObject, listOf, memberOf, objectOf, textOf } from '../../assembly/json';
import type { ResourceModel } from '../../assembly/resource-model';
import type { StackScope } from '../../assembly/scope';
import { hasUnknown } from '../../assembly/unknown';

/** Rules for the stacks of a pipeline. */
export const STACK_RULES: readonly ServiceRule[] = [
  {
    id: 'StackCycle',
    severity: 'error',
    summary: 'The stacks of a pipeline do not import values from each other in both directions.',
    see: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html',
    violations: ({ resource }, model) => {
      const cycle = findCycle(resource.stack, importsIn(model));
      if (cycle === undefined) return [];
      return [
        {
          path: '',
          must: 'be in stacks that can be created one after another, so they must not import from each other',
          got: cycle.map(({ displayName }) => displayName).join(' imports from '),
          fix: 'give a resource a fixed name, and write this name instead of one of the imports',
        },
      ];
    },
  },
];

type Imports = ReadonlyMap<StackScope, readonly StackScope[]>;

/** The imports of each model, because all its pipelines need them. */
const IMPORTS = new WeakMap<ResourceModel, Imports>();

function importsIn(model: ResourceModel): Imports {
  const imports = IMPORTS.get(model) ?? readImports(model);
  IMPORTS.set(model, imports);
  return imports;
}

function readImports(model: ResourceModel): Imports {
  const stacks = model.stacks.filter(({ isBootstrap }) => !isBootstrap);
  const exporters = new Map<string, StackScope>();
  for (const stack of stacks) {
    for (const output of Object.values(objectOf(stack.template.Outputs))) {
      const { Name } = objectOf(objectOf(output).Export);
      if (Name !== undefined) exporters.set(exportKey(stack, textOf(stack.resolve(Name))), stack);
    }
  }
  const entries = stacks.map((stack): [StackScope, StackScope[]] => {
    const sources = new Set<StackScope>();
    visitReferences(stack, (reference) => {
      const source = exporterOf(reference, stack, exporters, model);
      if (source !== undefined && source !== stack) sources.add(source);
    });
    return [stack, [...sources]];
  });
  return new Map(entries);
}

function exportKey({ account, region }: StackScope, name: string): string {
  return `${account} ${region} ${name}`;
}

/** Describes a reference to another stack. */
type Reference = { readonly exportName: unknown } | { readonly output: unknown };

function exporterOf(
  reference: Reference,
  stack: StackScope,
  exporters: ReadonlyMap<string, StackScope>,
  model: ResourceModel,
): StackScope | undefined {
  if ('exportName' in reference) {
    const name = textOf(stack.resolve(reference.exportName));
    return hasUnknown(name) ? undefined : exporters.get(exportKey(stack, name));
  }
  const { StackName, Region, RoleArn } = objectOf(stack.resolve(reference.output));
  const account = textOf(RoleArn).split(':')[4] || stack.account;
  return model.stack(textOf(StackName), account, textOf(Region) || stack.region);
}

/** Visits the references to other stacks that certainly exist: those of unknown conditions are left out. */
function visitReferences(stack: StackScope, report: (reference: Reference) => void) {
  function visit(value: unknown): void {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isObject(value)) return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'Fn::If') visitBranch(listOf(item));
      else if (key === 'Fn::ImportValue') report({ exportName: item });
      else if (key === 'Fn::GetStackOutput') report({ output: item });
      else visit(item);
    }
  }

  function visitBranch([condition, whenTrue, whenFalse]: readonly unknown[]) {
    const answer = stack.condition(textOf(condition));
    if (answer === 'yes') visit(whenTrue);
    if (answer === 'no') visit(whenFalse);
  }

  for (const { logicalId, exists } of stack.resources.values()) {
    if (exists === 'yes') visit(memberOf(stack.template.Resources, logicalId)?.Properties);
  }
}

/** Returns the stacks of a cycle that starts at a stack or at one that it imports from. Its last stack is its first. */
function findCycle(first: StackScope, imports: Imports): readonly StackScope[] | undefined {
  const done = new Set<StackScope>();

  function search(stack: StackScope, path: readonly StackScope[]): readonly StackScope[] | undefined {
    const start = path.indexOf(stack);
    if (start >= 0) return [...path.slice(start), stack];
    if (done.has(stack)) return undefined;
    for (const source of imports.get(stack) ?? []) {
      const cycle = search(source, [...path, stack]);
      if (cycle !== undefined) return cycle;
    }
    done.add(stack);
    return undefined;
  }

  return search(first, []);
}
