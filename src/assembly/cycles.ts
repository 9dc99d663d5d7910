import { textOf } from './json';
import { Resource, Template, UnreadableInput } from './template';

/**
 * Refuses a template whose resources depend on each other in a circle, as CloudFormation does.
 *
 * @param stack how the message calls it
 */
export function rejectCycles(stack: string, { Resources = {} }: Template): void {
  const done = new Set<string>();
  for (const start of Object.keys(Resources)) {
    // Depth first, without recursion: a chain may be as long as the template.
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
        const circle = [...path.map((step) => step.id).slice(path.findIndex((step) => step.id === value)), value];
        const shown = circle.length <= 8 ? circle : [...circle.slice(0, 4), '…', ...circle.slice(-3)];
        throw new UnreadableInput(
          `stack ${stack} cannot be deployed: its resources depend on each other in a circle: ${shown.join(' → ')}`,
        );
      } else if (!done.has(value)) {
        enter(value);
      }
    }
  }
}

/** The logical ids that must exist before a resource. */
function dependenciesOf({ Properties, DependsOn = [] }: Resource, resources: object): Set<string> {
  const found = new Set([DependsOn].flat());
  const rest: unknown[] = [Properties];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value !== 'object' || value === null) continue;
    const entries = Object.entries(value);
    const [name, argument] = entries.length === 1 ? entries[0] : [];
    if (name === 'Ref') {
      found.add(textOf(argument));
    } else if (name === 'Fn::GetAtt') {
      found.add(Array.isArray(argument) ? textOf(argument[0]) : textOf(argument).split('.')[0]);
    } else if (name === 'Fn::Sub') {
      namesIn(argument).forEach((id) => found.add(id));
    }
    for (const [, item] of entries) rest.push(item);
  }
  return new Set([...found].filter((id) => Object.hasOwn(resources, id)));
}

/** What `Fn::Sub` names in its text, save its own variables. */
function namesIn(argument: unknown): string[] {
  const [text, own] = Array.isArray(argument) ? argument : [argument];
  return [...textOf(text).matchAll(/\$\{([^!{}][^{}]*)\}/g)]
    .map(([, name]) => name.trim())
    .filter((name) => typeof own !== 'object' || own === null || !Object.hasOwn(own, name))
    .map((name) => name.split('.')[0]);
}
