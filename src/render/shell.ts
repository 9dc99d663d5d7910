import { appendCommands, quote, writeCommands } from '../pipeline/shell-words';

/**
 * The commands that write a script to a file and run it. A command is one line of at most 1000 characters, so the
 * script travels in as many as it takes; all of it stays readable in the template and in the log.
 *
 * @param variables are set at the head of the script
 */
export function scriptCommands(name: string, variables: Record<string, string>, script: readonly string[]): string[] {
  const file = `"\${TMPDIR:-/tmp}/${name}"`;
  const head = Object.entries(variables).map(([key, value]) => `${key}=${quote(value)}`);
  return [...writeCommands(head, file), ...appendOnce(script, file), `sh ${file}`];
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
