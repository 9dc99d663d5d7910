import { appendCommands, quote, writeCommands } from '../pipeline/shell-words';

/**
 * Returns the commands that write a script to a file and run it. A command is a line of at most 1000 characters, so a
 * script requires several. It remains readable in the template and in the log.
 *
 * @param variables shell variables that are set at the beginning of the script
 * @param lookUps lines that set further variables, see `lookUpLines`
 */
export function scriptCommands(
  name: string,
  variables: Record<string, string>,
  script: readonly string[],
  lookUps: readonly string[] = [],
): string[] {
  const file = `"\${TMPDIR:-/tmp}/${name}"`;
  const head = [...Object.entries(variables).map(([key, value]) => `${key}=${quote(value)}`), ...lookUps];
  return [...writeCommands(head, file), ...appendOnce(script, file), `sh ${file}`];
}

/** Caches the commands of each script, because all environments and pipelines of an app use the same scripts. */
const appended = new WeakMap<readonly string[], Map<string, string[]>>();

function appendOnce(script: readonly string[], file: string): string[] {
  const byFile = appended.get(script) ?? new Map<string, string[]>();
  appended.set(script, byFile);
  const commands = byFile.get(file) ?? appendCommands(script, file);
  byFile.set(file, commands);
  return commands;
}
