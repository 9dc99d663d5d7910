import { isObject, type JsonObject, listOf, memberOf, objectOf, textOf } from './json';

const PREFIX = 'Fn::ForEach::';
/** Limits the fragments of all loops, which can be nested. */
const MAX_FRAGMENTS = 10_000;

/** Creates an object of a template. */
export type CreateObject = (entries: Iterable<readonly [string, unknown]>) => JsonObject;

/**
 * Expands the loops (`Fn::ForEach`) of a template. A loop whose collection is unknown is removed.
 *
 * @param create creates an object of the template
 * @returns the template, and the removed loops
 * @throws an error if the loops have too many items
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
export function expandLoops(
  template: JsonObject,
  create: CreateObject,
): { readonly template: JsonObject; readonly removed: readonly string[] } {
  const removed: string[] = [];
  let fragments = 0;

  /** Returns the items of a loop, or undefined if they are unknown. */
  function itemsOf(collection: unknown): readonly string[] | undefined {
    if (Array.isArray(collection)) {
      const items: readonly unknown[] = collection;
      return items.every((item) => typeof item === 'string') ? items.map(textOf) : undefined;
    }
    const { Type, Default } = objectOf(memberOf(objectOf(template.Parameters), textOf(objectOf(collection).Ref)));
    if (Type !== 'CommaDelimitedList' || Default === undefined) return undefined;
    return textOf(Default)
      .split(',')
      .map((item) => item.trim());
  }

  function entriesOfLoop(key: string, loop: unknown): Array<[string, unknown]> {
    const [identifier, collection, fragment] = listOf(loop);
    const items = itemsOf(collection);
    if (typeof identifier !== 'string' || items === undefined || !isObject(fragment)) {
      removed.push(key);
      return [];
    }
    fragments += items.length;
    if (fragments > MAX_FRAGMENTS) {
      throw new Error(`its loops must have at most ${MAX_FRAGMENTS} items; split it`);
    }
    return items.flatMap((item) => entriesOf(objectOf(replaced(fragment, identifier, item))));
  }

  function replaced(value: unknown, identifier: string, item: string): unknown {
    function replaceText(text: string) {
      return text
        .replaceAll(`\${${identifier}}`, () => item)
        .replaceAll(`&{${identifier}}`, () => item.replace(/\W/g, ''));
    }

    if (typeof value === 'string') return replaceText(value);
    if (Array.isArray(value)) return value.map((part) => replaced(part, identifier, item));
    if (!isObject(value)) return value;
    if (value.Ref === identifier && Object.keys(value).length === 1) return item;
    return create(
      Object.entries(value).map(([key, part]) => [replaceText(key), replaced(part, identifier, item)] as const),
    );
  }

  function entriesOf(object: JsonObject): Array<[string, unknown]> {
    return Object.entries(object).flatMap(([key, value]) =>
      key.startsWith(PREFIX) ? entriesOfLoop(key, value) : [[key, expanded(value)] as [string, unknown]],
    );
  }

  function expanded(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(expanded);
    if (!isObject(value)) return value;
    return create(entriesOf(value));
  }

  const sections = Object.entries(template).map(([section, value]) => {
    const isExpanded = ['Resources', 'Conditions', 'Outputs'].includes(section);
    return [section, isExpanded ? expanded(value) : value] as const;
  });
  return { template: create(sections), removed };
}
