import { PIPELINE_LIMITS } from '../aws/limits';

/**
 * Room for what a token turns into when CloudFormation resolves it: no name or ARN that we put into a script is longer.
 */
const TOKEN_LENGTH = 160;
const TOKEN = /\$\{Token\[[^\]]+\]\}/g;

/** A text as one word of the shell, whatever it holds. */
export function quote(text: string) {
  return `'${text.replace(/'/g, "'\\''")}'`;
}

/** The commands that append lines to a file, each as long as it may be. `file` is a word of the shell. */
export function appendCommands(lines: readonly string[], file: string): string[] {
  function command(words: string) {
    return `printf '%s\\n'${words} >> ${file}`;
  }

  const room = PIPELINE_LIMITS.commandLength - command('').length;
  const groups: Array<{ words: string; length: number }> = [];
  for (const line of lines) {
    const word = ` ${quote(line)}`;
    const length = word.replace(TOKEN, 'x'.repeat(TOKEN_LENGTH)).length;
    const last = groups.at(-1);
    if (last && last.length + length <= room) {
      groups[groups.length - 1] = { words: last.words + word, length: last.length + length };
    } else {
      groups.push({ words: word, length });
    }
  }
  return groups.map(({ words }) => command(words));
}

/** The commands that write a file of these lines. `file` is a word of the shell. */
export function writeCommands(lines: readonly string[], file: string): string[] {
  return [`: > ${file}`, ...appendCommands(lines, file)];
}
