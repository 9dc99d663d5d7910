import { isObject } from '../../assembly/json';

/** Matches characters that terminals interpret or hide: control, format and bidirectional characters, line breaks. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Matches the start of a workflow command of GitHub Actions, which can follow spaces. */
const COMMAND = /^(\s*):(?=:)/;
/** Matches the start of a logging command of Azure Pipelines, or a former one of GitHub Actions, at any position. */
const LOGGING_COMMAND = /##(?=\[|vso\[)/g;

/** Escapes a text of a template for a line of output, so that it cannot control the terminal or the build. */
export function escapeText(text: string): string {
  return text.replace(UNSAFE, escapeCharacter).replace(COMMAND, '$1\\x3a').replace(LOGGING_COMMAND, '#\\x23');
}

/** Escapes all strings of a value. */
export function escapeStrings<T>(value: T): T {
  if (typeof value === 'string') return escapeText(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => escapeStrings(item)) as T;
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [escapeText(key), escapeStrings(item)])) as T;
}

/** Escapes the characters of a JSON text that terminals interpret. The parsed value stays the same. */
export function escapeJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    return Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join('');
  });
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return unit(code);
  return `\\u{${code.toString(16)}}`;
}

function unit(code: number) {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
