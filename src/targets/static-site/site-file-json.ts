import { Token, Tokenization } from 'aws-cdk-lib';
import type { Problems } from '../../pipeline/problems';

const FIX = 'pass objects, lists, strings, numbers, booleans and null only';
// A variable of the shell that is not set would otherwise be missing in the file.
const UNSET_FIX = 'set the value, pass null, or remove the property';

/** Rule of values of JSON. */
export const JSON_VALUE = 'be a JSON value';

/** Returns a value as JSON, or reports that it cannot be. The JSON contains the tokens of the value unchanged. */
export function siteFileJson(value: unknown, problems: Problems): string | undefined {
  const { count } = problems;
  const text = write(value, problems, []);
  return problems.count === count ? text : undefined;
}

function write(value: unknown, problems: Problems, parents: readonly unknown[]): string {
  if (parents.includes(value)) return invalid('an object that contains itself', problems);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return writeNumber(value, problems);
  if (Array.isArray(value)) return writeList(value, problems, [...parents, value]);
  if (Token.isUnresolved(value)) return JSON.stringify(Token.asString(value));
  if (isPlainObject(value)) return writeObject(value, problems, [...parents, value]);
  return invalid(value, problems);
}

function writeNumber(value: number, problems: Problems): string {
  if (Token.isUnresolved(value)) return Tokenization.stringifyNumber(value);
  return Number.isFinite(value) ? JSON.stringify(value) : invalid(value, problems);
}

function writeList(values: readonly unknown[], problems: Problems, parents: readonly unknown[]): string {
  if (Token.isUnresolved(values)) return invalid('a list that is a token', problems);
  return `[${values.map((value, i) => write(value ?? null, problems.index(i), parents)).join(',')}]`;
}

function writeObject(value: object, problems: Problems, parents: readonly unknown[]): string {
  const texts = Object.entries(value).map(
    ([name, member]) => `${JSON.stringify(name)}:${write(member, problems.at(name), parents)}`,
  );
  return `{${texts.join(',')}}`;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function invalid(value: unknown, problems: Problems): string {
  problems.add(JSON_VALUE, value, value === undefined ? UNSET_FIX : FIX);
  return '';
}
