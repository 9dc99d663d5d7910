/** Returns a list without its absent items. Use it for lists that are composed of optional parts. */
export function compact<T>(items: readonly (T | undefined | false)[]): T[] {
  return items.filter((item): item is T => item !== undefined && item !== false);
}
