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

export const PROGRAMS: Program[] = [
  { name: 'readme', typescript: firstProgram(false).text },
  // Structs, lists of L2s and classes that stand inside of each other.
  { name: 'bake', typescript: readFileSync(join(ROOT, 'examples', 'bake-and-roll-back.ts'), 'utf8') },
];
