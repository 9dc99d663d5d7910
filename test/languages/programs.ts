import { firstProgram } from '../first-hour/first-program';

export interface Program {
  /** Of the translations: `python/<name>.py`, `java/<Name>.java`, `go/<name>.go`. */
  readonly name: string;
  /** What they are a translation of. */
  readonly typescript: string;
}

export const PROGRAMS: Program[] = [
  { name: 'readme', typescript: firstProgram(false).text },
];
