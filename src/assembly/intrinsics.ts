import { createHash } from 'node:crypto';
import { Tristate, both, either, equals, not } from './match';
import { isObject, objectOf, textOf } from './json';
import type { UnknownReason } from './unknown';
import { hasUnknown } from './unknown';

/** What intrinsic functions ask of the stack in which they stand. */
export interface Scope {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): Tristate;
  mapping(map: string, first: string, second: string): unknown;
  importValue(exportName: string): unknown;
  stackOutput(stackName: string, outputName: string, region?: string, roleArn?: string): unknown;
  /** A typed unknown value. */
  unknown(kind: UnknownReason['kind'], words: string): string;
  /** Text for people, of a value that may be partly unknown. */
  show(value: unknown): string;
  /**
   * Whether a part of a text is unknown that may hold any character; an account or a region holds letters, digits and
   * hyphens only.
   */
  opaque(text: string): boolean;
  /** Counts what is made, so that no template makes too much. Throws when it does. */
  spend(characters: number): void;
}

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/**
 * A template's value with every intrinsic function worked out; what cannot be known is unknown text, `AWS::NoValue` is
 * undefined.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    scope.spend(1);
    return value.includes('{{resolve:') ? dynamicReferences(value, scope) : value;
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

/** What a condition comes to. */
export function decide(condition: unknown, scope: Scope): Tristate {
  if (typeof condition !== 'object' || condition === null) return 'unknown';
  const [[name, argument] = [undefined, undefined], ...more] = Object.entries(condition);
  if (name === undefined || more.length > 0) return 'unknown';
  const parts = Array.isArray(argument) ? argument : [argument];
  switch (name) {
    case 'Condition':
      return typeof argument === 'string' ? scope.condition(argument) : 'unknown';
    case 'Fn::And':
      return both(parts.map((part) => decide(part, scope)));
    case 'Fn::Or':
      return either(parts.map((part) => decide(part, scope)));
    case 'Fn::Not':
      return not(decide(parts[0], scope));
    case 'Fn::Equals':
      return equals(...pair(parts.map((part) => textOf(resolve(part, scope)))));
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
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    const variables = resolve(own ?? {}, scope);
    return sub(textOf(text), isObject(variables) ? variables : {}, scope);
  },
  'Fn::Join': (argument, scope) => {
    const [delimiter, items] = argumentsOf(argument, scope);
    if (!Array.isArray(items)) return scope.unknown('function', `Fn::Join of ${textOf(items)}`);
    const texts = items.map(textOf);
    limit(
      texts.reduce((sum, text) => sum + text.length, texts.length * textOf(delimiter).length),
      scope,
    );
    return made(texts.join(textOf(delimiter)), scope);
  },
  'Fn::Split': (argument, scope) => {
    const [delimiter, text] = argumentsOf(argument, scope);
    return split(textOf(delimiter), textOf(text), scope);
  },
  'Fn::Select': (argument, scope) => {
    const [index, items] = argumentsOf(argument, scope);
    const item = Array.isArray(items) && Object.hasOwn(items, textOf(index)) ? items[Number(index)] : undefined;
    return item ?? scope.unknown('function', `item ${textOf(index)} of ${textOf(items)}`);
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = Array.isArray(argument) ? argument : [];
    const condition = scope.condition(textOf(name));
    if (condition !== 'unknown') return resolve(condition === 'yes' ? yes : no, scope);
    const [a, b] = [resolve(yes, scope), resolve(no, scope)];
    return textOf(a) === textOf(b)
      ? a
      : scope.unknown(
          'function',
          `${textOf(a) || 'nothing'} or ${textOf(b) || 'nothing'}, by condition ${textOf(name)}`,
        );
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second, options] = argumentsOf(argument, scope);
    const found = scope.mapping(textOf(map), textOf(first), textOf(second));
    if (found !== undefined) return resolve(found, scope);
    const known = ![map, first, second].some((key) => hasUnknown(textOf(key)));
    return known && isObject(options) && Object.hasOwn(options, 'DefaultValue')
      ? options.DefaultValue
      : scope.unknown('function', `${textOf(second)} of ${textOf(first)} in mapping ${textOf(map)}`);
  },
  'Fn::ImportValue': (argument, scope) => scope.importValue(textOf(resolve(argument, scope))),
  'Fn::GetStackOutput': (argument, scope) => {
    const { StackName, OutputName, Region, RoleArn } = objectOf(resolve(argument, scope));
    return scope.stackOutput(textOf(StackName), textOf(OutputName), optionalText(Region), optionalText(RoleArn));
  },
  'Fn::Base64': (argument, scope) => {
    const text = textOf(resolve(argument, scope));
    return hasUnknown(text) ? scope.unknown('function', `base64 of ${text}`) : Buffer.from(text).toString('base64');
  },
  'Fn::Length': (argument, scope) => {
    const items = resolve(argument, scope);
    return Array.isArray(items) ? items.length : scope.unknown('function', `length of ${textOf(items)}`);
  },
  'Fn::ToJsonString': (argument, scope) => made(JSON.stringify(resolve(argument, scope) ?? null), scope),
  'Fn::GetAZs': (argument, scope) =>
    scope.unknown('function', `availability zones of ${textOf(resolve(argument, scope)) || 'the region'}`),
};

function sub(text: string, own: Readonly<Record<string, unknown>>, scope: Scope): string {
  let length = text.length;

  // Counted before it is put together.
  function counted(part: string) {
    limit((length += part.length), scope);
    return part;
  }

  return made(
    text.replace(/\$\{([^{}]*)\}/g, (_, inside: string) => {
      if (inside.startsWith('!')) return `\${${inside.slice(1)}}`;
      const name = inside.trim();
      if (Object.hasOwn(own, name)) return counted(textOf(own[name]));
      const [logicalId, ...attribute] = dotted(name);
      return counted(textOf(attribute.length > 0 ? scope.attribute(logicalId, attribute.join('.')) : scope.ref(name)));
    }),
    scope,
  );
}

/** Of a text that names an unknown. */
const LONGEST_NAMED = 200;

/**
 * The parts of a text. An account or a region holds no delimiter; any other unknown part may, so what comes from there
 * on is unknown.
 */
function split(delimiter: string, text: string, scope: Scope): unknown {
  if (delimiter === '') return [text];
  const parts = text.split(delimiter);
  scope.spend(parts.length);
  const inEnvironments = /[A-Za-z0-9-]/.test(delimiter);
  const doubtful = parts.findIndex((part) => (inEnvironments ? hasUnknown(part) : scope.opaque(part)));
  if (doubtful < 0) return parts;
  const whole =
    text.length <= LONGEST_NAMED
      ? text
      : `${text.slice(0, LONGEST_NAMED)}… (${createHash('sha256').update(text).digest('hex')})`;
  return parts.map((part, index) =>
    index < doubtful ? part : scope.unknown('function', `part ${index} of ${whole} split at ${delimiter}`),
  );
}

/** `{{resolve:…}}` is looked up when the stack is deployed. */
function dynamicReferences(text: string, scope: Scope) {
  return text.replace(/\{\{resolve:[^{}]*\}\}/g, (reference) => scope.unknown('dynamic-reference', reference));
}

/** Longer than any template may be: no value of one is. */
const LONGEST_TEXT = 2_000_000;

function limit(length: number, scope: Scope) {
  if (length > LONGEST_TEXT) scope.spend(Infinity);
}

/** A text that was put together, which may have become a dynamic reference. */
function made(text: string, scope: Scope): string {
  limit(text.length, scope);
  scope.spend(text.length);
  return text.includes('{{resolve:') ? dynamicReferences(text, scope) : text;
}

function argumentsOf(argument: unknown, scope: Scope) {
  const resolved = resolve(argument, scope);
  return Array.isArray(resolved) ? (resolved as unknown[]) : [];
}

/** "Bucket.Arn" as a resource and its attribute. */
function dotted(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function optionalText(value: unknown) {
  return value === undefined ? undefined : textOf(value);
}
