/** A JSON object with unknown contents. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value if it is an object, otherwise an empty object. */
export function objectOf(value: unknown): JsonObject {
  if (isObject(value)) return value;
  return {};
}

/** Returns the own property of an object, or undefined if there is none. */
export function memberOf<T>(object: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  if (object !== undefined && Object.hasOwn(object, key)) return object[key];
  return undefined;
}

/** Returns a list as it is, a single value as a list of one, and undefined as an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  return [value];
}

/** Returns a value as a string: objects as JSON, an absent value as an empty string. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}

/** Reports input that cannot be read or checked. The message is one line. */
export class UnreadableInput extends Error {
  constructor(message: string) {
    // The message quotes the input, which can contain line breaks and terminal escape sequences.
    super(message.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 1000));
  }
}

/** Receives the progress of a long operation, e.g. "read 12 templates". */
export type Progress = (message: string) => void;
