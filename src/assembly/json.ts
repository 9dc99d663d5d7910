/** An object of which nothing is known but that it is one. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value when it is an object, else an empty one: what has the wrong shape reads as nothing. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** Several values, a single one, or none. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** A value where a text is wanted. */
export function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
}

/** What cannot be read or checked at all. The message is one line for people. */
export class UnreadableInput extends Error {
  constructor(message: string) {
    // It quotes names and texts of the input, which may hold line ends and terminal escapes.
    super(message.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 1000));
  }
}

/** Told now and then how far something is that may take long, e.g. "read 12 templates". */
export type Progress = (done: string) => void;
