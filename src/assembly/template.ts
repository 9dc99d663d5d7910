import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { CST, Document, Node, Scalar } from 'yaml';
import { type DuplicateKey, duplicateKeysIn, KeyLines, MAX_DUPLICATES } from './duplicate-keys';
import { isObject, UnreadableInput } from './json';
import type { JsonObject } from './json';
import { withoutMacros } from './macros';
import { hasUnknown } from './unknown';

export { UnreadableInput };

/**
 * Limits the size of a file. CloudFormation accepts templates of up to 1 MB, but CDK indents them, and a template that
 * is too large for CloudFormation can still be checked.
 */
export const MAX_BYTES = 20_000_000;
/** Limits YAML, which is written by hand and slower to read. */
const MAX_YAML_BYTES = 5_000_000;
/** Keeps reading below two seconds. 1 MB of an ordinary template contains about 280,000 tokens. */
const MAX_YAML_TOKENS = 500_000;
/** Limits the nesting, so that functions that traverse a template can be recursive. */
const MAX_DEPTH = 100;
/**
 * Limits the number of values. A value takes at least two characters, so 1 MB contains at most 500,000, but YAML
 * aliases can repeat values any number of times.
 */
const MAX_VALUES = 1_000_000;
/** Limits the problems in one error, which is one line. */
const MAX_REPORTED_PROBLEMS = 3;

/** A CloudFormation template with the sections that the check reads. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly Mappings?: Readonly<Record<string, unknown>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources?: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
  readonly Transform?: unknown;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Parses a template in JSON or YAML. Each of its objects is a `record`. */
export function parseTemplate(text: string, file: string): Template {
  return asTemplate(parseData(text, file, 'template'), file);
}

/** The warnings about the text of each parsed document. */
const warnings = new WeakMap<object, readonly string[]>();

/** Returns the warnings about the text of a template, such as duplicate keys. */
export function templateWarnings(template: Template): readonly string[] {
  return warnings.get(template) ?? [];
}

function warnOf(duplicates: readonly DuplicateKey[], file: string): string[] {
  return duplicates.slice(0, MAX_DUPLICATES).map(({ key, lines }) => {
    const places = lines.length === new Set(lines).size ? `lines ${lines.join(', ')}` : `line ${lines[0]}`;
    return `${file} contains the key ${key} ${lines.length} times (${places}); CloudFormation uses the last one`;
  });
}

/** Parses a template or another kind of document without validating its structure. */
export function parseData(text: string, file: string, kind: string): unknown {
  const body = text.replace(/^\uFEFF/, '');
  try {
    if (Buffer.byteLength(body) > MAX_BYTES) throw new Error(tooLarge(MAX_BYTES));
    if (body.trim() === '') throw new Error(EMPTY);
    const isJson = /^\s*\{/.test(body);
    const reader = new YamlReader(body);
    const data = isJson ? parseJson(body) : reader.read();
    if (isObject(data)) warnings.set(data, warnOf(isJson ? duplicateKeysIn(body) : reader.duplicates, file));
    return data;
  } catch (error) {
    throw notValid(file, kind, (error as Error).message);
  }
}

function notValid(file: string, kind: string, problem: string) {
  return new UnreadableInput(`${file} is not a valid ${kind}: ${problem}`);
}

/** Returns data as a template if it has the structure of a template. */
export function asTemplate(data: unknown, file: string): Template {
  if (!isObject(data)) return validTemplate(data, file);
  try {
    const expanded = withoutMacros(data, record);
    if (expanded !== data) warnings.set(expanded, warnings.get(data) ?? []);
    return validTemplate(expanded, file);
  } catch (error) {
    if (error instanceof UnreadableInput) throw error;
    throw notValid(file, 'template', (error as Error).message);
  }
}

function validTemplate(data: unknown, file: string): Template {
  const problems: string[] = [];
  for (const problem of problemsOf(data)) {
    problems.push(problem);
    if (problems.length > MAX_REPORTED_PROBLEMS) break; // a template can have a million problems
  }
  if (problems.length === 0) return data as Template;
  const more = problems.length > MAX_REPORTED_PROBLEMS ? '; and more' : '';
  throw notValid(file, 'template', `${problems.slice(0, MAX_REPORTED_PROBLEMS).join('; ')}${more}`);
}

// The prototype of all parsed objects. It has no named properties, and it converts to a string so that `String(…)` of
// an object does not throw.
const BARE: object = Object.freeze(Object.assign(Object.create(null), { [Symbol.toPrimitive]: () => '[object]' }));

/** Creates an object in which every key, also `__proto__`, is an own property or absent. */
export function record<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const result = Object.create(BARE) as Record<string, T>;
  for (const [key, value] of entries) result[key] = value;
  return result;
}

/** Returns the problem of a file with more bytes. */
export function tooLarge(bytes: number) {
  return `it is larger than ${bytes / 1_000_000} MB; split it`;
}
const EMPTY = 'it must not be empty; generate it again';
const TOO_DEEP = `it is nested deeper than ${MAX_DEPTH} levels; reduce the nesting`;
const TOO_MANY = `it contains more than ${MAX_VALUES} values; split it`;

/** Rejects strings with the characters that represent unknown values, or with parts of these characters. */
function checkedText(text: string): string {
  if (hasUnknown(text)) {
    throw new Error(
      'strings must not contain characters between U+F0000 and U+10FFFD, which represent unknown values; remove them',
    );
  }
  if (/\p{Surrogate}/u.test(text)) throw new Error('strings must not contain a lone surrogate; remove it');
  return text;
}

/** Matches an escaped surrogate in JSON, which could become part of the representation of an unknown value. */
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;

/**
 * Parses an object that a template contains as a JSON string. The string may contain unknown values.
 *
 * @returns undefined if the string is not a JSON object
 */
export function innerObject(text: string): JsonObject | undefined {
  if (!/^\s*\{/.test(text) || ESCAPED_SURROGATE.test(text)) return undefined;
  try {
    checkJsonSize(text);
    return asRecords(JSON.parse(text), (value) => value) as JsonObject;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  checkJsonSize(text);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Error(`it must be valid JSON: ${(error as Error).message}`);
  }
  return asRecords(data);
}

/** Checks depth and size before parsing. Does not check whether the text is valid JSON. */
function checkJsonSize(text: string): void {
  let depth = 0;
  let values = 1;
  for (let i = 0; i < text.length; i += 1) {
    switch (text[i]) {
      case '"':
        for (i += 1; i < text.length && text[i] !== '"'; i += 1) if (text[i] === '\\') i += 1;
        break;
      case '[':
      case '{':
        depth += 1;
        values += 1;
        break;
      case ']':
      case '}':
        depth -= 1;
        break;
      case ',':
        values += 1;
        break;
    }
    if (depth > MAX_DEPTH) throw new Error(TOO_DEEP);
    if (values > MAX_VALUES) throw new Error(TOO_MANY);
  }
}

function asRecords(value: unknown, checked = checkedText): unknown {
  if (typeof value === 'string') return checked(value);
  if (Array.isArray(value)) return value.map((item) => asRecords(item, checked));
  if (!isObject(value)) return value;
  return record(Object.entries(value).map(([key, item]) => [checked(key), asRecords(item, checked)]));
}

/** Matches the standard YAML tags that CloudFormation supports, and those that do not change an unquoted scalar. */
const STANDARD_TAG = /^tag:yaml\.org,2002:(str|map|seq|null|bool|int|float)$/;
const PLAIN_TAG = /^tag:yaml\.org,2002:(null|bool|int|float)$/;

/**
 * Reads YAML as CloudFormation does: version 1.1 with its short tags, without dates and other tags that CloudFormation
 * does not support. Also resolves aliases, which `aws cloudformation package` resolves before the upload.
 */
class YamlReader {
  private readonly anchors = new Map<string, Node>();
  public readonly duplicates: DuplicateKey[] = [];
  private values = 0;
  private characters = 0;
  private lastOffset = 0;
  private lastLine = 1;

  constructor(private readonly text: string) {}

  public read(): unknown {
    if (Buffer.byteLength(this.text) > MAX_YAML_BYTES) throw new Error(tooLarge(MAX_YAML_BYTES));
    const document = this.compose(this.tokens());
    if (document === undefined) throw new Error(EMPTY);
    const [error] = document.errors;
    if (error !== undefined) throw this.problem(error.pos[0], error.message);
    return this.valueOf(document.contents, 1, false);
  }

  private compose(tokens: readonly CST.Token[]): Document.Parsed | undefined {
    // With this schema every scalar is a string. The search for duplicate keys in `yaml` takes quadratic time.
    const options = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false } as const;
    const { stackTraceLimit } = Error;
    try {
      // `yaml` creates an Error for every problem and every short tag. Stack traces would take most of the time.
      Error.stackTraceLimit = 0;
      return [...new Composer(options).compose(tokens)][0];
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /** Reads the tokens one by one to apply the limits, because the rest of `yaml` is recursive and has none. */
  private tokens(): CST.Token[] {
    const parser = new Parser();
    const tokens: CST.Token[] = [];
    let lexemes = 0;
    for (const lexeme of new Lexer().lex(this.text)) {
      this.collect(parser.next(lexeme), tokens);
      // The stack also contains the document and a scalar.
      if (parser.stack.length > MAX_DEPTH + 2) throw new Error(TOO_DEEP);
      if ((lexemes += 1) > MAX_YAML_TOKENS) throw new Error('it is too large for YAML; convert it to JSON');
    }
    this.collect(parser.end(), tokens);
    return tokens;
  }

  private collect(parsed: Iterable<CST.Token>, tokens: CST.Token[]): void {
    for (const token of parsed) {
      if (token.type === 'error') throw this.problem(token.offset, token.message);
      const isSecond = token.type === 'document' && tokens.some(({ type }) => type === 'document');
      if (isSecond) throw this.problem(token.offset, 'the file must contain one document; move the others to files');
      tokens.push(token);
    }
  }

  private problem(offset: number, message: string): Error {
    return new Error(`line ${this.lineOf(offset)}: ${message}`);
  }

  private lineOf(offset: number): number {
    if (offset < this.lastOffset) [this.lastOffset, this.lastLine] = [0, 1];
    for (let i = this.text.indexOf('\n', this.lastOffset); i >= 0 && i < offset; i = this.text.indexOf('\n', i + 1)) {
      this.lastLine += 1;
      this.lastOffset = i + 1;
    }
    return this.lastLine;
  }

  private valueOf(node: Node | null, depth: number, aliased: boolean): unknown {
    if (node === null) return null;
    const offset = node.range![0];
    if ((this.values += 1) > MAX_VALUES) throw this.problem(offset, TOO_MANY);
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined) {
        throw this.problem(offset, `the alias *${node.source} requires an anchor; add it, or repeat the value`);
      }
      return this.valueOf(target, depth + 1, true);
    }
    const { anchor, tag } = node as Scalar;
    if (anchor !== undefined && !aliased) this.anchors.set(anchor, node);
    if (tag === undefined || tag === '!' || STANDARD_TAG.test(tag)) return this.untagged(node, depth, aliased);
    const short = /^!([A-Za-z0-9]+)$/.exec(tag)?.[1];
    if (short === undefined) {
      throw this.problem(offset, `CloudFormation does not support the tag ${tag}; use a short form such as !Ref`);
    }
    const value = this.untagged(node, depth + 1, aliased);
    if (short === 'Ref' || short === 'Condition') return record([[short, value]]);
    return record([[`Fn::${short}`, short === 'GetAtt' ? attributeOf(value) : value]]);
  }

  private untagged(node: Node, depth: number, aliased: boolean): unknown {
    const offset = node.range![0];
    if (depth > (isScalar(node) ? MAX_DEPTH + 1 : MAX_DEPTH)) throw this.problem(offset, TOO_DEEP);
    if (isSeq<Node>(node)) return node.items.map((item) => this.valueOf(item, depth + 1, aliased));
    if (isMap<Node, Node | null>(node)) {
      const result = record<unknown>();
      const keys = new KeyLines();
      for (const { key, value } of node.items) {
        const name = this.keyOf(key);
        if (!aliased) keys.add(name, this.lineOf(key.range![0]));
        result[name] = this.valueOf(value, depth + 1, aliased);
      }
      if (this.duplicates.length < MAX_DUPLICATES) this.duplicates.push(...keys.duplicates());
      return result;
    }
    const { value, type, tag } = node as Scalar<string>;
    if ((this.characters += value.length) > MAX_BYTES) throw this.problem(offset, tooLarge(MAX_BYTES));
    if (!aliased) checkedText(value);
    // A scalar with a CloudFormation tag is always a string.
    const isPlain = type === 'PLAIN' && (tag === undefined || PLAIN_TAG.test(tag));
    if (isPlain) return plainValue(value);
    return value;
  }

  private keyOf(key: Node): string {
    const offset = key.range![0];
    if (!isScalar<string>(key)) throw this.problem(offset, 'a key must be a string');
    const text = checkedText(key.value);
    if (key.type !== 'PLAIN' || key.tag !== undefined) return text;
    if (text === '<<') {
      throw this.problem(offset, 'CloudFormation does not support merge keys (<<); repeat the keys');
    }
    if (typeof plainValue(text) === 'number') {
      throw this.problem(offset, `a key must be a string, got the number ${text}; put it in quotes`);
    }
    return text;
  }
}

/** Splits `A.B.C` into the logical id A and the attribute B.C. */
function attributeOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value.split(/\.(.*)/s, 2);
}

/**
 * Converts an unquoted scalar by the rules of YAML 1.1. Keeps a number as a string if its text would change, because
 * most numbers become parts of strings.
 */
function plainValue(text: string): string | number | boolean | null {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  // CloudFormation reads an account ID like 012345670123 as octal, and removes the zero of one that contains an 8 or 9.
  if (/^0\d+$/.test(text)) return /[89]/.test(text) ? Number(text) : parseInt(text, 8);
  if (/^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  return text;
}

function* problemsOf(data: unknown): Generator<string> {
  if (!isObject(data)) {
    const kind = Array.isArray(data) ? 'list' : 'single value';
    return yield `it must be an object with Resources, got a ${kind}`;
  }
  const { Parameters = {}, Mappings = {}, Conditions = {}, Outputs = {}, Resources } = data;
  for (const [section, value] of Object.entries({ Parameters, Mappings, Conditions, Outputs })) {
    yield* notObject(section, value);
  }
  if (isObject(Parameters)) {
    for (const [name, value] of Object.entries(Parameters)) yield* notObject(`Parameters.${name}`, value);
  }
  if (!isObject(Resources)) return yield 'Resources must be an object';
  for (const [id, value] of Object.entries(Resources)) yield* resourceProblems(id, value);
}

function notObject(path: string, value: unknown) {
  if (isObject(value)) return [];
  return [`${path} must be an object`];
}

function* resourceProblems(id: string, resource: unknown): Generator<string> {
  const path = `Resources.${id}`;
  if (id.startsWith('Fn::')) return yield `${path} must be expanded by CloudFormation; pass the processed template`;
  if (!isObject(resource)) return yield* notObject(path, resource);
  const { Type, Properties = {}, Metadata = {}, Condition = '', DependsOn = '' } = resource;
  if (typeof Type !== 'string') yield `${path}.Type must be a string`;
  yield* notObject(`${path}.Properties`, Properties);
  yield* notObject(`${path}.Metadata`, Metadata);
  if (typeof Condition !== 'string') yield `${path}.Condition must be a string`;
  if (![DependsOn].flat().every((logicalId) => typeof logicalId === 'string')) {
    yield `${path}.DependsOn must be a string or a list of strings`;
  }
}
