/** Returns a list without its absent items. Use it for lists that are composed of optional parts. */
export function compact<T>(items: readonly (T | undefined | false)[]): T[] {
  return items.filter((item): item is T => item !== undefined && item !== false);
}

/** Returns a record without its undefined values, for records that are composed of optional parts. */
export function definedValues<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const entries = Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
