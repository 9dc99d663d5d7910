import { PIPELINE_LIMITS } from '../aws/limits';

/** Maximum length of a token when CloudFormation resolves it. Names and ARNs in our scripts are not longer. */
const TOKEN_LENGTH = 160;
const TOKEN = /\$\{Token\[[^\]]+\]\}/g;

/** Returns a text as a quoted word of a shell command. */
export function quote(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/** Returns as few commands as possible that append lines to a file. `file` must be a quoted word. */
export function appendCommands(lines: readonly string[], file: string): string[] {
  function command(words: string): string {
    return `printf '%s\\n'${words} >> ${file}`;
  }

  const maxLength = PIPELINE_LIMITS.commandLength - command('').length;
  const groups: Array<{ words: string; length: number }> = [];
  for (const line of lines) {
    const word = ` ${quote(line)}`;
    const length = word.replace(TOKEN, 'x'.repeat(TOKEN_LENGTH)).length;
    const last = groups.at(-1);
    if (last && last.length + length <= maxLength) {
      groups[groups.length - 1] = { words: last.words + word, length: last.length + length };
    } else {
      groups.push({ words: word, length });
    }
  }
  return groups.map(({ words }) => command(words));
}

/** Returns the commands that write lines to a file. `file` must be a quoted word. */
export function writeCommands(lines: readonly string[], file: string): string[] {
  return [`true > ${file}`, ...appendCommands(lines, file)];
}
