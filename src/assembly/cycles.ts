import { listOf, objectOf, textOf } from './json';
import { Resource, Template, UnreadableInput } from './template';

/**
 * Rejects a template whose resources have a circular dependency, as CloudFormation does.
 *
 * @param stack the name of the stack in the error
 */
export function rejectCycles(stack: string, { Resources = {} }: Template): void {
  const done = new Set<string>();
  for (const start of Object.keys(Resources)) {
    // Traverses depth first without recursion, because a chain can be as long as the template.
    const path: Array<{ readonly id: string; readonly next: Iterator<string> }> = [];
    const open = new Set<string>();

    function enter(id: string) {
      open.add(id);
      path.push({ id, next: dependenciesOf(Resources[id], Resources)[Symbol.iterator]() });
    }

    if (!done.has(start)) enter(start);
    while (path.length > 0) {
      const { id, next } = path[path.length - 1];
      const { done: finished, value } = next.next();
      if (finished) {
        done.add(id);
        open.delete(id);
        path.pop();
      } else if (open.has(value)) {
        const cycle = [...path.map((step) => step.id).slice(path.findIndex((step) => step.id === value)), value];
        throw new UnreadableInput(
          `stack ${stack} cannot be deployed: its resources have a circular dependency: ${abbreviated(cycle)}`,
        );
      } else if (!done.has(value)) {
        enter(value);
      }
    }
  }
}

function abbreviated(cycle: readonly string[]): string {
  const ids = cycle.length <= 8 ? cycle : [...cycle.slice(0, 4), '…', ...cycle.slice(-3)];
  return ids.join(' → ');
}

/** Returns the logical ids of the resources that must exist before a resource. */
export function dependenciesOf({ Properties, DependsOn = [] }: Resource, resources: object): Set<string> {
  const logicalIds = new Set([DependsOn].flat());
  const rest: unknown[] = [Properties];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    const entries = Object.entries(value);
    const [[name, argument] = []] = entries.length === 1 ? entries : [];
    if (name === 'Ref') {
      logicalIds.add(textOf(argument));
    } else if (name === 'Fn::GetAtt') {
      logicalIds.add(Array.isArray(argument) ? textOf(argument[0]) : textOf(argument).split('.')[0]);
    } else if (name === 'Fn::Sub') {
      namesIn(argument).forEach((id) => logicalIds.add(id));
    }
    for (const [, item] of entries) rest.push(item);
  }
  return new Set([...logicalIds].filter((id) => Object.hasOwn(resources, id)));
}

/** Returns the names that the string of an `Fn::Sub` references, except its own variables. */
function namesIn(argument: unknown): string[] {
  const [text, variables] = listOf(argument);
  return [...textOf(text).matchAll(/\$\{([^!{}][^{}]*)\}/g)]
    .map(([, name]) => name.trim())
    .filter((name) => !Object.hasOwn(objectOf(variables), name))
    .map((name) => name.split('.')[0]);
}
