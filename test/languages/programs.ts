import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstProgram } from '../first-hour/first-program';
import { ROOT } from '../first-hour/package';

export interface Program {
  /** Of the translations: `python/<name>.py`, `java/<Name>.java`, `go/<name>.go`. */
  readonly name: string;
  /** What they are a translation of. */
  readonly typescript: string;
}

function example(name: string) {
  return readFileSync(join(ROOT, 'examples', `${name}.ts`), 'utf8');
}

export const PROGRAMS: Program[] = [
  { name: 'readme', typescript: firstProgram(false).text },
  // Structs, lists of L2s and classes that stand inside of each other.
  { name: 'bake', typescript: example('bake-and-roll-back') },
  // Maps of steps, constructs of ours that hand out L2s, targets made of targets, and several stacks.
  { name: 'services', typescript: example('two-services-with-migration') },
  // References of variables in texts of the language, and the error for an object in a text.
  { name: 'variables', typescript: example('run-variables') },
];
