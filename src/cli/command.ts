/** How a command ends. */
export enum ExitCode {
  CLEAN = 0,
  FINDINGS = 1,
  /** The command line itself is wrong. */
  USAGE = 2,
  UNREADABLE = 3,
  /** The command itself is broken. */
  BROKEN = 4,
}

/** Where a command writes. */
export interface Output {
  /** Whether somebody watches `err`. */
  readonly interactive: boolean;
  out(text: string): void;
  err(text: string): void;
}

export interface Command {
  /** One line. */
  readonly summary: string;
  run(args: readonly string[], output: Output): ExitCode;
}
