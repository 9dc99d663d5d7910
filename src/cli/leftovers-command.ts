import { parseArgs, type ParseArgsConfig } from 'node:util';
import { type Command, ExitCode } from './command';
import { readInput } from '../assembly/input';
import { UnreadableInput } from '../assembly/template';
import { leftoversOf } from '../leftovers/leftovers';
import { leftoversJson, leftoversText } from '../leftovers/report';

const HELP = `cdk-pipeline-patterns leftovers <old cdk.out> <new cdk.out> [options]

Lists what stays in your accounts after you deploy a new version of an app: stacks of removed environments, retained
resources, and applications that no pipeline deploys any more. Reads cloud assemblies (output folders of 'cdk synth')
and CloudFormation templates, and calls no AWS API.

Options:
  --account <id>         account of environment-agnostic stacks
  --region <region>      Region of environment-agnostic stacks
  --format text|json     output format [text]
  --help

Exit code: 0 nothing stays, 1 leftovers, 2 wrong usage, 3 unreadable input, 4 internal error.
`;

const OPTIONS = {
  account: { type: 'string' },
  region: { type: 'string' },
  format: { type: 'string', default: 'text' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Implements `leftovers`, which compares two versions of an app. */
export const leftoversCommand: Command = {
  summary: 'list what stays after a new version of an app is deployed',
  run(args, { out, err }) {
    const parsed = parse(args);
    if (typeof parsed === 'string') {
      err(`cdk-pipeline-patterns leftovers: ${parsed}; see --help\n`);
      return ExitCode.USAGE;
    }
    const { values, positionals } = parsed;
    if (values.help) {
      out(HELP);
      return ExitCode.CLEAN;
    }
    try {
      const [before, after] = positionals.map((path) => readInput(path, values));
      const leftovers = leftoversOf(before, after);
      out(values.format === 'json' ? leftoversJson(leftovers) : leftoversText(leftovers));
      return leftovers.length === 0 ? ExitCode.CLEAN : ExitCode.FINDINGS;
    } catch (error) {
      if (!(error instanceof UnreadableInput)) throw error;
      err(`cdk-pipeline-patterns leftovers: ${error.message}\n`);
      return ExitCode.UNREADABLE;
    }
  },
};

/** Returns the parsed command line, or a message if it is invalid. */
function parse(args: readonly string[]) {
  try {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const { format, help } = parsed.values;
    if (help) return parsed;
    if (!['text', 'json'].includes(format)) return `'--format' must be text or json, got '${format}'`;
    const { length } = parsed.positionals;
    return length === 2 ? parsed : `pass the old and the new cloud assembly, got ${length} paths`;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code.startsWith('ERR_PARSE_ARGS_')) return message.split('\n')[0];
    throw error;
  }
}
