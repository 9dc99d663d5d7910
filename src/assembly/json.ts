/** An object of which nothing is known but that it is one. */
export type Shape = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value when it is an object, else an empty one: what has the wrong shape reads as nothing. */
export const objectOf = (value: unknown): Shape => (isObject(value) ? value : {});

/** Several values, a single one, or none. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** A value where a text is wanted. */
export const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
