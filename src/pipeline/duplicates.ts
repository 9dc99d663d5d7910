/** What of a list stands in it before, as often as it is there again; by what tells its items apart. */
export function duplicates<T>(all: readonly T[], by: (one: T) => unknown = (one) => one): T[] {
  const keys = all.map(by);
  return all.filter((_, i) => keys.indexOf(keys[i]) < i);
}
