import { Token, Tokenization } from 'aws-cdk-lib';
import type { Problems } from '../../pipeline/problems';

const FIX = 'pass objects, lists, strings, numbers, booleans and null only';

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
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const texts = members.map(([name, member]) => `${JSON.stringify(name)}:${write(member, problems.at(name), parents)}`);
  return `{${texts.join(',')}}`;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function invalid(value: unknown, problems: Problems): string {
  problems.add('be a JSON value', value, FIX);
  return '';
}
