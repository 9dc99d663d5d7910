import { join } from 'node:path';
import type { InitApp } from './app';
import { ROOT } from '../first-hour/package';
import { run, type Result } from '../first-hour/run';

/** Settings of every language: a separate folder and the versions that all of them use. */
export interface Place {
  readonly folder: string;
  readonly awsCdkLib: string;
  /** For apps of `cdk init`: the CDK CLI does not print the report of the oldest version. */
  readonly awsCdkLibNewest: string;
  readonly constructs: string;
  readonly progress: (text: string) => void;
}

export interface Command {
  readonly cwd: string;
  readonly command: string;
  readonly args: string[];
}

export interface Language {
  readonly name: string;
  /** The app of `cdk init` with the package that `install` built. */
  readonly app: InitApp;
  /** What this machine lacks. */
  missing(): string | undefined;
  /** Builds the package of this language and installs it, as a user would, into a fresh project. */
  install(place: Place): void;
  /** Runs the translation of a program in that project. */
  program(place: Place, name: string): Command;
  /** Takes away what `install` had to leave outside the folder. */
  cleanUp?(): void;
}

/** The file of a translation. */
export function translation(language: string, file: string) {
  return join(__dirname, language, file);
}

/** Fails with the last output of the command. */
export function must({ status, stdout, stderr }: Result, what: string): string {
  if (status === 0) return stdout;
  throw new Error(`${what}: exit code ${status}\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n')}`);
}

/** What `npm run package:<target>` does, into another folder. */
export function pacmak(target: string, outdir: string, ...args: string[]): void {
  const result = run(
    ROOT,
    join(ROOT, 'node_modules', '.bin', 'jsii-pacmak'),
    ['--target', target, '--outdir', outdir, ...args],
    {
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
    },
  );
  must(result, `jsii-pacmak --target ${target}`);
}

/** Fails unless the command reports at least this version. */
export function lacks(command: string, args: string[], major: number, minor: number): string | undefined {
  const { status, stdout, stderr } = run(ROOT, command, args);
  if (status !== 0) return `no ${command}`;
  const [, ...found] = /(\d+)\.(\d+)/.exec(stdout || stderr) ?? [];
  const [a, b] = found.map(Number);
  return a > major || (a === major && b >= minor)
    ? undefined
    : `${command} ${major}.${minor}, found ${found.join('.') || 'no version'}`;
}
