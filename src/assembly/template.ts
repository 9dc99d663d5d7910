import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { CST, Document, Node, Scalar } from 'yaml';
import { isObject, UnreadableInput } from './json';
import type { JsonObject } from './json';
import { hasUnknown } from './unknown';

export { UnreadableInput };

/**
 * CloudFormation takes 1 MB. What CDK writes is indented, and a manifest or a template that is too large can still be
 * told about.
 */
export const MAX_BYTES = 20_000_000;
/** People write YAML, and reading it is slower. */
const MAX_YAML_BYTES = 5_000_000;
/** Keeps reading below two seconds. 1 MB of an ordinary template holds about 280,000 tokens. */
const MAX_YAML_TOKENS = 500_000;
/** Nobody nests like this; below it, whatever walks a template may be recursive. */
const MAX_DEPTH = 100;
/**
 * A value takes two characters at least, so 1 MB cannot hold more than 500,000; aliases in YAML could stand for any
 * number.
 */
const MAX_VALUES = 1_000_000;
/** So many problems fit in a line. */
const TOLD_PROBLEMS = 3;

/** A CloudFormation template, as far as everybody agrees on it. */
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
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Reads a template, JSON or YAML. Each of its objects is a `record`. */
export function parseTemplate(text: string, file: string): Template {
  return asTemplate(parseData(text, file, 'template'), file);
}

/** Reads what should become a template or another kind of document, without a look at its form. */
export function parseData(text: string, file: string, kind: string): unknown {
  const body = text.replace(/^\uFEFF/, '');
  try {
    if (Buffer.byteLength(body) > MAX_BYTES) throw new Error(tooLarge(MAX_BYTES));
    if (body.trim() === '') throw new Error(EMPTY);
    return /^\s*\{/.test(body) ? parseJson(body) : new YamlReader(body).read();
  } catch (error) {
    throw new UnreadableInput(`${file} is no ${kind}: ${(error as Error).message}`);
  }
}

/** The same data as a template, if it has the form of one. */
export function asTemplate(data: unknown, file: string): Template {
  const problems: string[] = [];
  for (const problem of problemsOf(data)) {
    problems.push(problem);
    if (problems.length > TOLD_PROBLEMS) break; // there may be a million
  }
  if (problems.length === 0) return data as Template;
  const more = problems.length > TOLD_PROBLEMS ? '; and more' : '';
  throw new UnreadableInput(`${file} is no template: ${problems.slice(0, TOLD_PROBLEMS).join('; ')}${more}`);
}

// What all read objects inherit: nothing that has a name, and a way to be a text, lest `String(…)` of one throws.
const BARE: object = Object.freeze(Object.assign(Object.create(null), { [Symbol.toPrimitive]: () => '[object]' }));

/** An object in which a look-up by any name finds an own property or nothing; `__proto__` is a name like others. */
export function record<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const result = Object.create(BARE) as Record<string, T>;
  for (const [key, value] of entries) result[key] = value;
  return result;
}

/** What is wrong with a text of more bytes. */
export function tooLarge(bytes: number) {
  return `it is larger than ${bytes / 1_000_000} MB; split it`;
}
const EMPTY = 'it is empty; write it again';
const TOO_DEEP = `it is nested deeper than ${MAX_DEPTH} levels; make it flatter`;
const TOO_MANY = `it holds more than ${MAX_VALUES} values; split it`;

/**
 * A text that is safe to compute with: nothing in it can be taken for, or be joined to, the mark of an unknown value.
 */
function checkedText(text: string): string {
  if (hasUnknown(text)) {
    throw new Error('a text has a character between U+F0000 and U+10FFFD, which are kept for marking; remove it');
  }
  if (/\p{Surrogate}/u.test(text)) throw new Error('a text has half a character (a lone surrogate); remove it');
  return text;
}

/**
 * Half of a character, written so that no text but its reader sees it: it could become the mark of an unknown value.
 */
const ESCAPED_HALF = /\\u[dD][89a-fA-F]/;

/**
 * An object that a template holds as a text of JSON; values that are not known may be in it. Undefined when the text is
 * none.
 */
export function innerObject(text: string): JsonObject | undefined {
  if (!/^\s*\{/.test(text) || ESCAPED_HALF.test(text)) return undefined;
  try {
    checkJsonSize(text);
    return asRecords(JSON.parse(text), (one) => one) as JsonObject;
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
    throw new Error(`its JSON must be corrected: ${(error as Error).message}`);
  }
  return asRecords(data);
}

/** Depth and size, before a parser meets them. Whether the text is JSON at all does not matter here. */
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
  if (Array.isArray(value)) return value.map((one) => asRecords(one, checked));
  return isObject(value)
    ? record(Object.entries(value).map(([key, one]) => [checked(key), asRecords(one, checked)]))
    : value;
}

/** Tags of YAML itself that CloudFormation supports, and those of them that say no more than a scalar's look. */
const STANDARD_TAG = /^tag:yaml\.org,2002:(str|map|seq|null|bool|int|float)$/;
const PLAIN_TAG = /^tag:yaml\.org,2002:(null|bool|int|float)$/;

/**
 * YAML as CloudFormation reads it: version 1.1 with its short tags, without dates and the other tags that it does not
 * support. Aliases, which it refuses, are read, for `aws cloudformation package` resolves them.
 */
class YamlReader {
  private readonly anchors = new Map<string, Node>();
  private values = 0;
  private characters = 0;

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
    // Without a schema every scalar is a text; the search for equal keys in `yaml` takes quadratic time.
    const options = { schema: 'failsafe', resolveKnownTags: false, uniqueKeys: false, prettyErrors: false } as const;
    const { stackTraceLimit } = Error;
    try {
      // `yaml` makes an Error of every flaw and of every short tag; their stack traces would take most of the time
      Error.stackTraceLimit = 0;
      return [...new Composer(options).compose(tokens)][0];
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }

  /** One by one, because the rest of `yaml` is recursive and has no limits. */
  private tokens(): CST.Token[] {
    const parser = new Parser();
    const tokens: CST.Token[] = [];
    let lexemes = 0;
    for (const lexeme of new Lexer().lex(this.text)) {
      this.collect(parser.next(lexeme), tokens);
      // the document and a scalar are on the stack too
      if (parser.stack.length > MAX_DEPTH + 2) throw new Error(TOO_DEEP);
      if ((lexemes += 1) > MAX_YAML_TOKENS) throw new Error('it is too large for YAML; give it as JSON');
    }
    this.collect(parser.end(), tokens);
    return tokens;
  }

  private collect(found: Iterable<CST.Token>, tokens: CST.Token[]): void {
    for (const token of found) {
      if (token.type === 'error') throw this.problem(token.offset, token.message);
      const isSecond = token.type === 'document' && tokens.some(({ type }) => type === 'document');
      if (isSecond) throw this.problem(token.offset, 'a second document begins; give one template a file');
      tokens.push(token);
    }
  }

  private problem(offset: number, message: string): Error {
    return new Error(`line ${this.text.slice(0, offset).split('\n').length}: ${message}`);
  }

  private valueOf(node: Node | null, depth: number, aliased: boolean): unknown {
    if (node === null) return null;
    const offset = node.range![0];
    if ((this.values += 1) > MAX_VALUES) throw this.problem(offset, TOO_MANY);
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      if (target === undefined) {
        throw this.problem(offset, `the alias *${node.source} has no anchor; add it, or write the value out`);
      }
      return this.valueOf(target, depth + 1, true);
    }
    const { anchor, tag } = node as Scalar;
    if (anchor !== undefined && !aliased) this.anchors.set(anchor, node);
    if (tag === undefined || tag === '!' || STANDARD_TAG.test(tag)) return this.untagged(node, depth, aliased);
    const short = /^!([A-Za-z0-9]+)$/.exec(tag)?.[1];
    if (short === undefined) {
      throw this.problem(offset, `CloudFormation knows no tag ${tag}; use a short form such as !Ref`);
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
      for (const { key, value } of node.items) {
        const name = this.keyOf(key);
        if (name in result) throw this.problem(key.range![0], `the key ${name} is there twice; keep one of them`);
        result[name] = this.valueOf(value, depth + 1, aliased);
      }
      return result;
    }
    const { value, type, tag } = node as Scalar<string>;
    if ((this.characters += value.length) > MAX_BYTES) throw this.problem(offset, tooLarge(MAX_BYTES));
    if (!aliased) checkedText(value);
    // Under a tag of CloudFormation everything is a text, whatever it looks like.
    return type === 'PLAIN' && (tag === undefined || PLAIN_TAG.test(tag)) ? plainValue(value) : value;
  }

  private keyOf(key: Node): string {
    const offset = key.range![0];
    if (!isScalar<string>(key)) throw this.problem(offset, 'a key must be a text');
    const text = checkedText(key.value);
    if (key.type !== 'PLAIN' || key.tag !== undefined) return text;
    if (text === '<<') throw this.problem(offset, 'CloudFormation has no merge keys (<<); write the keys out');
    if (typeof plainValue(text) === 'number') {
      throw this.problem(offset, `the key ${text} is a number, which CloudFormation refuses; put it in quotes`);
    }
    return text;
  }
}

/** `A.B.C` is attribute B.C of A. */
function attributeOf(value: unknown): unknown {
  return typeof value === 'string' ? value.split(/\.(.*)/s, 2) : value;
}

/**
 * An unquoted text by the rules of YAML 1.1. Numbers that would look different when written again stay texts, for most
 * become parts of one.
 */
function plainValue(text: string): string | number | boolean | null {
  if (/^(|~|null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  // An account id like 012345670123 is base 8 to CloudFormation, and one with an 8 or 9 still loses its zero.
  if (/^0\d+$/.test(text)) return /[89]/.test(text) ? Number(text) : parseInt(text, 8);
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

function* problemsOf(data: unknown): Generator<string> {
  if (!isObject(data)) {
    return yield `it must be an object with Resources, got a ${Array.isArray(data) ? 'list' : 'single value'}`;
  }
  const { Parameters = {}, Mappings = {}, Conditions = {}, Outputs = {}, Resources } = data;
  for (const [section, value] of Object.entries({ Parameters, Mappings, Conditions, Outputs })) {
    yield* notObject(section, value);
  }
  if (isObject(Parameters)) {
    for (const [name, value] of Object.entries(Parameters)) yield* notObject(`Parameters.${name}`, value);
  }
  if (!isObject(Resources)) return yield 'it must have Resources, an object';
  for (const [id, value] of Object.entries(Resources)) yield* resourceProblems(id, value);
}

function notObject(at: string, value: unknown) {
  return isObject(value) ? [] : [`${at} must be an object`];
}

function* resourceProblems(id: string, resource: unknown): Generator<string> {
  const at = `Resources.${id}`;
  if (id.startsWith('Fn::')) return yield `${at} is expanded by CloudFormation only; give the processed template`;
  if (!isObject(resource)) return yield* notObject(at, resource);
  const { Type, Properties = {}, Metadata = {}, Condition = '', DependsOn = '' } = resource;
  if (typeof Type !== 'string') yield `${at} must have a Type, a text`;
  yield* notObject(`${at}.Properties`, Properties);
  yield* notObject(`${at}.Metadata`, Metadata);
  if (typeof Condition !== 'string') yield `${at}.Condition must be a text`;
  if (![DependsOn].flat().every((one) => typeof one === 'string')) {
    yield `${at}.DependsOn must be a text or a list of texts`;
  }
}
