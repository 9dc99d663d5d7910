/** Exceeds the length of commands that are written by hand or by CDK. */
const MAX_LENGTH = 5000;
/** Matches the characters between simple commands. A command in `$(…)` is a simple command, too. */
const SEPARATOR = /&&|\|\||[;|\n`]|\$\(|(?<![>&])&(?![>&])/;
/** Words that can precede a simple command. */
const PREFIXES = new Set([
  'if',
  'then',
  'else',
  'elif',
  'do',
  'while',
  'until',
  '!',
  '{',
  '(',
  'sudo',
  'time',
  'exec',
  'env',
  'eval',
  'command',
  'nohup',
  'nice',
  'xargs',
  'timeout',
]);
/** Words after a prefix that belong to it: options, and the duration of `timeout`. */
const PREFIX_ARGUMENT = /^(?:-.*|\d+[smhd]?)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
const WORD = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/g;
/** Represents a value that is known only at run time. */
export const RUNTIME_VALUE = '\u0000';

/**
 * Returns the words of each simple command of a shell script. The reading is approximate: commands of functions and
 * loops are included, and quotes across separators are ignored.
 *
 * @param variables the known values of variables. All others become `RUNTIME_VALUE`
 */
export function simpleCommands(script: readonly string[], variables: ReadonlyMap<string, string>): string[][] {
  return script
    .filter(({ length }) => length <= MAX_LENGTH)
    .flatMap((text) => text.replace(/\\\n/g, ' ').split(SEPARATOR))
    .map((text) => wordsOf(text, variables))
    .filter((words) => words.length > 0);
}

/** Returns the variables that a script sets once, to a value without variables. */
export function assignments(script: readonly string[]): Array<[name: string, value: string]> {
  const matches = script
    .filter(({ length }) => length <= MAX_LENGTH)
    .flatMap((text) => [...text.matchAll(/(?<=^|[;\n&]\s*|export\s+)([A-Za-z_]\w*)=([^\s;&]*)/g)]);
  const counts = new Map<string, number>();
  for (const [, name] of matches) counts.set(name, (counts.get(name) ?? 0) + 1);
  return matches.flatMap(([, name, text]): Array<[string, string]> => {
    const [, value] =
      /^(?:'([\w./:@-]*)'|"([\w./:@-]*)"|([\w./:@-]*))$/.exec(text)?.filter((part) => part !== undefined) ?? [];
    return value === undefined || counts.get(name) !== 1 ? [] : [[name, value]];
  });
}

function wordsOf(text: string, variables: ReadonlyMap<string, string>): string[] {
  const words = (text.match(WORD) ?? []).map((word) => valueOf(word, variables));
  const start = words.findIndex(
    (word, index) => !PREFIXES.has(word) && !ASSIGNMENT.test(word) && !(index > 0 && PREFIX_ARGUMENT.test(word)),
  );
  if (start < 0) return [];
  const [program, ...rest] = words.slice(start);
  // Programs of AWS can be started by their paths.
  return [program.replace(/^\S*\/(?=(?:aws|sam|docker)$)/, ''), ...rest];
}

/** Returns a word without its quotes, with the values of its variables. */
function valueOf(word: string, variables: ReadonlyMap<string, string>): string {
  const parts = word.match(/'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^'"\\]+/g) ?? [];
  return parts
    .map((part) => {
      if (part.startsWith("'")) return part.slice(1, -1);
      const text = part.startsWith('"') ? part.slice(1, -1) : part;
      return expanded(text, variables).replace(/\\(.)/g, '$1');
    })
    .join('')
    .replace(/[)"]+$/, '');
}

function expanded(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replace(/\$(?:\{([^{}]*)\}|(\w+)|[@*#?!$-])/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? '';
    return variables.get(name) ?? RUNTIME_VALUE;
  });
}

/** Describes the options and the other words of a command. */
export interface CommandLine {
  readonly options: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

/** Separates options from operands. A word after an option is its value, unless it is an option or a known flag. */
export function commandLine(words: readonly string[], flags: ReadonlySet<string>): CommandLine {
  const options = new Map<string, string>();
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      continue;
    }
    const [name, value] = word.split(/=(.*)/s);
    const next = words[i + 1];
    if (value !== undefined) options.set(name, value);
    else if (flags.has(name) || next === undefined || next.startsWith('-')) options.set(name, '');
    else options.set(name, words[++i]);
  }
  return { options, operands };
}

const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  npx: [],
  pnpx: [],
  bunx: [],
  npm: ['run', 'run-script', 'exec', 'x'],
  yarn: ['run', 'exec', 'dlx', ''],
  pnpm: ['run', 'exec', 'dlx', ''],
  bun: ['run', 'x', ''],
};
/** Options of runners that are followed by a value. */
const RUNNER_VALUES = new Set(['-p', '--package', '-w', '--workspace', '--cwd', '--prefix', '-C', '--dir', '--filter']);

/**
 * Returns the words of a program after its name, however it is started: directly, by its path, by Node.js, or by a
 * package manager.
 *
 * @param names the names of the program, of its package and of its script in package.json
 */
export function argumentsOf(words: readonly string[], names: ReadonlySet<string>): readonly string[] | undefined {
  const [first, ...rest] = words;
  if (isProgram(first, names)) return rest;
  if (first === 'node') return rest[0] !== undefined && isProgram(rest[0], names) ? rest.slice(1) : undefined;
  const subcommands = Object.hasOwn(RUNNERS, first) ? RUNNERS[first] : undefined;
  if (subcommands === undefined) return undefined;
  let operands = withoutOptions(rest);
  if (subcommands.length > 0) {
    const isNamed = operands[0] !== undefined && subcommands.includes(operands[0]);
    if (!isNamed && !subcommands.includes('')) return undefined;
    if (isNamed) operands = withoutOptions(operands.slice(1));
  }
  if (operands[0] === undefined || !isProgram(operands[0], names)) return undefined;
  return operands[1] === '--' ? operands.slice(2) : operands.slice(1);
}

/** Removes the options before the first operand. */
function withoutOptions(words: readonly string[]): readonly string[] {
  let index = 0;
  while (index < words.length && words[index].startsWith('-')) {
    index += RUNNER_VALUES.has(words[index]) ? 2 : 1;
  }
  return words.slice(index);
}

/** Returns whether a word is a program, its path, or its package with a version. */
function isProgram(word: string, names: ReadonlySet<string>): boolean {
  const name = word.slice(word.lastIndexOf('/') + 1);
  return names.has(name) || names.has(name.split('@')[0]);
}
