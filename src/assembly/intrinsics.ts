import { createHash } from 'node:crypto';
import { Tristate, both, either, not } from './match';
import { isObject, listOf, objectOf, textOf } from './json';
import type { UnknownReason } from './unknown';
import { hasUnknown } from './unknown';

/** Provides the values of a stack that intrinsic functions reference. */
export interface Scope {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): Tristate;
  /** Compares two values of a condition. */
  compare(a: string, b: string): Tristate;
  mapping(map: string, first: string, second: string): unknown;
  importValue(exportName: string): unknown;
  stackOutput(stackName: string, outputName: string, region?: string, roleArn?: string): unknown;
  /** Returns the string that represents an unknown value. */
  unknown(kind: UnknownReason['kind'], words: string): string;
  /** Returns a value that may be partly unknown as readable text. */
  show(value: unknown): string;
  /**
   * Returns whether an unknown part of a string can contain any character. An unknown account or Region contains only
   * letters, digits and hyphens.
   */
  opaque(text: string): boolean;
  /**
   * Counts the characters of expanded values.
   *
   * @throws if the templates expand to too many
   */
  spend(characters: number): void;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Evaluates all intrinsic functions in a template value. Returns undefined for `AWS::NoValue`. */
export function resolve(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    scope.spend(1);
    if (value.includes('{{resolve:')) return dynamicReferences(value, scope);
    return value;
  }
  if (typeof value !== 'object' || value === null) return value;
  scope.spend(1);
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope)).filter((item) => item !== undefined);
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [[name, argument]] = entries;
    if (Object.hasOwn(INTRINSICS, name)) return INTRINSICS[name](argument, scope);
    if (name.startsWith('Fn::')) return scope.unknown('function', `${name} ${textOf(argument)}`);
  }
  return Object.fromEntries(
    entries.map(([key, item]) => [key, resolve(item, scope)]).filter(([, item]) => item !== undefined),
  );
}

/** Evaluates a condition. */
export function decide(condition: unknown, scope: Scope): Tristate {
  if (typeof condition !== 'object' || condition === null) return 'unknown';
  const [[name, argument] = [undefined, undefined], ...more] = Object.entries(condition);
  if (name === undefined || more.length > 0) return 'unknown';
  const parts = listOf(argument);
  switch (name) {
    case 'Condition':
      return scope.condition(textOf(argument));
    case 'Fn::And':
      return both(parts.map((part) => decide(part, scope)));
    case 'Fn::Or':
      return either(parts.map((part) => decide(part, scope)));
    case 'Fn::Not':
      return not(decide(parts[0], scope));
    case 'Fn::Equals':
      return scope.compare(...pair(parts.map((part) => textOf(resolve(part, scope)))));
    default:
      return 'unknown';
  }
}

function pair([a = '', b = '']: string[]): [string, string] {
  return [a, b];
}

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => (argument === 'AWS::NoValue' ? undefined : scope.ref(textOf(argument))),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', ...attribute] = Array.isArray(argument)
      ? argument.map((part) => textOf(resolve(part, scope)))
      : dotted(textOf(argument));
    return scope.attribute(logicalId, attribute.join('.'));
  },
  'Fn::Sub': (argument, scope) => {
    const [text, variables] = listOf(argument);
    return sub(textOf(text), objectOf(resolve(variables ?? {}, scope)), scope);
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, items] = argumentsOf(argument, scope);
    if (!Array.isArray(items)) return scope.unknown('function', `Fn::Join of ${textOf(items)}`);
    const texts = items.map(textOf);
    checkLength(
      texts.reduce((sum, text) => sum + text.length, texts.length * textOf(delimiter).length),
      scope,
    );
    return composed(texts.join(textOf(delimiter)), scope);
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = argumentsOf(argument, scope);
    return split(textOf(delimiter), textOf(text), scope);
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = argumentsOf(argument, scope);
    if (Array.isArray(items) && Object.hasOwn(items, textOf(index))) {
      const item: unknown = items[Number(index)];
      if (item !== undefined && item !== null) return item;
    }
    return scope.unknown('function', `item ${textOf(index)} of ${textOf(items)}`);
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    const condition = scope.condition(textOf(name));
    if (condition === 'yes') return resolve(yes, scope);
    if (condition === 'no') return resolve(no, scope);
    const value = resolve(yes, scope);
    const alternatives = [textOf(value), textOf(resolve(no, scope))];
    if (alternatives[0] === alternatives[1]) return value;
    const [a, b] = alternatives.map((text) => text || 'nothing');
    return scope.unknown('function', `${a} or ${b}, depending on condition ${textOf(name)}`);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, options] = argumentsOf(argument, scope);
    const value = scope.mapping(textOf(map), textOf(first), textOf(second));
    if (value !== undefined) return resolve(value, scope);
    const areKeysKnown = ![map, first, second].some((key) => hasUnknown(textOf(key)));
    if (areKeysKnown && isObject(options) && Object.hasOwn(options, 'DefaultValue')) return options.DefaultValue;
    return scope.unknown('function', `${textOf(second)} of ${textOf(first)} in mapping ${textOf(map)}`);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(textOf(resolve(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName, Region, RoleArn } = objectOf(resolve(argument, scope));
    return scope.stackOutput(
      textOf(StackName),
      textOf(OutputName),
      textOf(Region) || undefined,
      textOf(RoleArn) || undefined,
    );
  },
  'Fn::Base64': (argument, scope) => {
    const text = textOf(resolve(argument, scope));
    if (hasUnknown(text)) return scope.unknown('function', `base64 of ${text}`);
    return Buffer.from(text).toString('base64');
  },
  'Fn::Length': (argument, scope) => {
    const items = resolve(argument, scope);
    if (!Array.isArray(items)) return scope.unknown('function', `length of ${textOf(items)}`);
    return items.length;
  },
  'Fn::ToJsonString': (argument, scope) => composed(JSON.stringify(resolve(argument, scope) ?? null), scope),
  'Fn::GetAZs': (argument, scope) =>
    scope.unknown('function', `Availability Zones of ${textOf(resolve(argument, scope)) || 'the Region'}`),
};

function sub(text: string, variables: Readonly<Record<string, unknown>>, scope: Scope): string {
  let length = text.length;

  function valueOf(name: string) {
    if (Object.hasOwn(variables, name)) return textOf(variables[name]);
    const [logicalId, attribute] = dotted(name);
    return textOf(attribute === undefined ? scope.ref(name) : scope.attribute(logicalId, attribute));
  }

  return composed(
    text.replace(/\$\{([^{}]*)\}/g, (_, inside: string) => {
      if (inside.startsWith('!')) return `\${${inside.slice(1)}}`;
      const value = valueOf(inside.trim());
      // Checks the length before the string is composed.
      length += value.length;
      checkLength(length, scope);
      return value;
    }),
    scope,
  );
}

/** Limits the string in the description of an unknown value. */
const MAX_DESCRIBED_LENGTH = 200;

/**
 * Splits a string. An unknown account or Region contains no delimiter. Any other unknown part may contain it, so that
 * part and all following ones are unknown.
 */
function split(delimiter: string, text: string, scope: Scope): unknown {
  if (delimiter === '') return [text];
  const parts = text.split(delimiter);
  scope.spend(parts.length);
  const occursInEnvironments = /[A-Za-z0-9-]/.test(delimiter);
  const firstUnknown = parts.findIndex((part) => (occursInEnvironments ? hasUnknown(part) : scope.opaque(part)));
  if (firstUnknown < 0) return parts;
  const described = abbreviated(text);
  const unknowns = parts
    .slice(firstUnknown)
    .map((_, index) => scope.unknown('function', `part ${firstUnknown + index} of ${described} split at ${delimiter}`));
  return [...parts.slice(0, firstUnknown), ...unknowns];
}

/** Abbreviates a long string. The hash keeps different strings different. */
function abbreviated(text: string): string {
  if (text.length <= MAX_DESCRIBED_LENGTH) return text;
  return `${text.slice(0, MAX_DESCRIBED_LENGTH)}… (${createHash('sha256').update(text).digest('hex')})`;
}

/** Replaces each `{{resolve:…}}` by an unknown value, because CloudFormation resolves it at deployment. */
function dynamicReferences(text: string, scope: Scope) {
  return text.replace(/\{\{resolve:[^{}]*\}\}/g, (reference) => scope.unknown('dynamic-reference', reference));
}

/** Exceeds the size of the largest template, so no real value is longer. */
const MAX_LENGTH = 2_000_000;

function checkLength(length: number, scope: Scope) {
  if (length > MAX_LENGTH) scope.spend(Infinity);
}

/** Checks the length of a composed string and replaces the dynamic references that composing it may have created. */
function composed(text: string, scope: Scope): string {
  checkLength(text.length, scope);
  scope.spend(text.length);
  if (text.includes('{{resolve:')) return dynamicReferences(text, scope);
  return text;
}

function argumentsOf(argument: unknown, scope: Scope) {
  const resolved = resolve(argument, scope);
  if (Array.isArray(resolved)) return resolved as unknown[];
  return [];
}

/** Splits "Bucket.Arn" into the logical id and the attribute. */
function dotted(text: string): string[] {
  const dot = text.indexOf('.');
  if (dot < 0) return [text];
  return [text.slice(0, dot), text.slice(dot + 1)];
}
