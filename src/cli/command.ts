/** The exit code of a command. */
export enum ExitCode {
  CLEAN = 0,
  FINDINGS = 1,
  /** The command line is invalid. */
  USAGE = 2,
  UNREADABLE = 3,
  /** The command has an internal error. */
  INTERNAL_ERROR = 4,
}

/** The output of a command. */
export interface Output {
  /** Whether `err` is a terminal. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
}

/** A command of the command line interface. */
export interface Command {
  /** The description in one line. */
  readonly summary: string;
  run(args: readonly string[], output: Output): ExitCode;
}
