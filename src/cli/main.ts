#!/usr/bin/env node
import { checkCommand } from './check-command';
import { Command, ExitCode, Output } from './command';
import { leftoversCommand } from './leftovers-command';
import { escapeText } from '../check/report/escape';
import { closest } from '../common/closest';
import { packageVersion } from '../common/package-version';
import { didYouMean } from '../common/rules';

const COMMANDS: Readonly<Record<string, Command>> = { check: checkCommand, leftovers: leftoversCommand };

const USAGE = `cdk-pipeline-patterns <command>

Commands:
${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

Run cdk-pipeline-patterns <command> --help for details, or cdk-pipeline-patterns --version.
`;

/** Runs a command line without changing the process. */
export function main([name, ...rest]: readonly string[], output: Output): ExitCode {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    output.out(USAGE);
    if (name === undefined) return ExitCode.USAGE;
    return ExitCode.CLEAN;
  }
  if (name === '--version' || name === '-v' || name === 'version') {
    output.out(`${packageVersion()}\n`);
    return ExitCode.CLEAN;
  }
  if (!Object.hasOwn(COMMANDS, name)) {
    const names = Object.keys(COMMANDS);
    const similar = closest(name, names);
    const suggestion = similar === undefined ? '' : `; ${didYouMean(similar)}`;
    output.err(
      `cdk-pipeline-patterns: the command must be ${names.join(', ')}, got '${escapeText(name)}'${suggestion}\n`,
    );
    return ExitCode.USAGE;
  }
  try {
    return COMMANDS[name].run(rest, output);
  } catch (error) {
    const message = escapeText(String(error).replace(/\s+/g, ' '));
    output.err(`cdk-pipeline-patterns ${name}: internal error: ${message}; please report it\n`);
    return ExitCode.INTERNAL_ERROR;
  }
}

/* istanbul ignore next: tested as a process */
if (require.main === module) {
  process.exitCode = main(process.argv.slice(2), {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
  });
}
