import { PIPELINE_LIMITS } from '../facts/limits';

/** Room for what a token turns into when CloudFormation resolves it: no name or ARN that we put into a script is longer. */
const TOKEN_LENGTH = 160;
const TOKEN = /\$\{Token\[[^\]]+\]\}/g;

/** A text as one word of the shell, whatever it holds. */
export const quote = (text: string) => `'${text.replace(/'/g, "'\\''")}'`;

/**
 * The commands that write a script to a file and run it. A command is one line of at most 1000 characters, so the script travels in
 * as many as it takes; all of it stays readable in the template and in the log.
 *
 * @param variables are set at the head of the script
 */
export function scriptCommands(name: string, variables: Record<string, string>, script: readonly string[]): string[] {
  const file = `"\${TMPDIR:-/tmp}/${name}"`;
  const head = Object.entries(variables).map(([key, value]) => `${key}=${quote(value)}`);
  return [`: > ${file}`, ...appendCommands(head, file), ...appendOnce(script, file), `sh ${file}`];
}

/** The same script is sent to every environment of every pipeline of an app: its commands are made once. */
const appended = new WeakMap<readonly string[], Map<string, string[]>>();

function appendOnce(script: readonly string[], file: string): string[] {
  const byFile = appended.get(script) ?? new Map<string, string[]>();
  appended.set(script, byFile);
  const commands = byFile.get(file) ?? appendCommands(script, file);
  byFile.set(file, commands);
  return commands;
}

/** The commands that append lines to a file, each as long as it may be. */
function appendCommands(lines: readonly string[], file: string): string[] {
  const command = (words: string) => `printf '%s\\n'${words} >> ${file}`;
  const room = PIPELINE_LIMITS.commandLength - command('').length;
  const groups: Array<{ words: string; length: number }> = [];
  for (const line of lines) {
    const word = ` ${quote(line)}`;
    const length = word.replace(TOKEN, 'x'.repeat(TOKEN_LENGTH)).length;
    const last = groups.at(-1);
    if (last && last.length + length <= room) groups[groups.length - 1] = { words: last.words + word, length: last.length + length };
    else groups.push({ words: word, length });
  }
  return groups.map(({ words }) => command(words));
}
