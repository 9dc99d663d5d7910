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
export function scriptCommands(name: string, variables: Record<string, string>, script: string[]): string[] {
  const file = `"\${TMPDIR:-/tmp}/${name}"`;
  const lines = [...Object.entries(variables).map(([key, value]) => `${key}=${quote(value)}`), ...script].map(quote);

  const commands: string[] = [];
  while (lines.length > 0) {
    const taken = [lines.shift()!];
    const command = () => `printf '%s\\n' ${taken.join(' ')} ${commands.length === 0 ? '>' : '>>'} ${file}`;
    while (lines.length > 0 && lengthOf(`${command()} ${lines[0]}`) <= PIPELINE_LIMITS.commandLength) taken.push(lines.shift()!);
    commands.push(command());
  }
  return [...commands, `sh ${file}`];
}

const lengthOf = (command: string) => command.replace(TOKEN, 'x'.repeat(TOKEN_LENGTH)).length;
