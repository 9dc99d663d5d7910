import { parseArgs, ParseArgsConfig } from 'node:util';
import { Command, ExitCode, Output } from './command';
import { AssemblyStack } from '../assembly/cloud-assembly';
import { readInput } from '../assembly/input';
import type { Progress } from '../assembly/json';
import { UnreadableInput } from '../assembly/template';
import { check } from '../check/check';
import type { CheckReport } from '../check/finding';
import { findingJson, reportJson } from '../check/report/json';
import { explainText, reportText } from '../check/report/text';

const HELP = `cdk-pipeline-patterns check <cdk.out | template…> [options]

Tells which calls of which actions of a CodePipeline would be denied, by the policies in synthesized templates, before anything is deployed.
Reads cloud assemblies (folders that 'cdk synth' writes) and CloudFormation templates (JSON or YAML); all of them together are one world.

Options:
  --account <id>         account of what is made for any account
  --region <region>      region of what is made for any region
  --parameter <K=V>      value of a template parameter; may be given several times
  --format text|json     how to report [text]
  --explain <finding>    everything about one finding: its id, or a part of it that no other has
  --strict               warnings make the command fail, too
  --help

Exit code: 0 clean, 1 findings (errors; with --strict also warnings), 2 wrong usage, 3 unreadable input, 4 a mistake of ours.
`;

const OPTIONS = {
  account: { type: 'string' },
  region: { type: 'string' },
  parameter: { type: 'string', multiple: true },
  format: { type: 'string', default: 'text' },
  explain: { type: 'string' },
  strict: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
}

type Arguments = ReturnType<typeof parse>;

/** What is wrong with the command line. */
class WrongUsage extends Error {}

/** `check`: the verdict of IAM on synthesized pipelines. */
export const checkCommand: Command = {
  summary: 'which calls of a synthesized pipeline would be denied',
  run(args, output) {
    try {
      const { values, positionals } = argumentsOf(args);
      if (values.help) {
        output.out(HELP);
        return ExitCode.CLEAN;
      }
      return report(judge(positionals, values, output), values, output);
    } catch (error) {
      if (error instanceof UnreadableInput) {
        output.err(`cdk-pipeline-patterns check: ${error.message}\n`);
        return ExitCode.UNREADABLE;
      }
      if (error instanceof WrongUsage) {
        output.err(`cdk-pipeline-patterns check: ${error.message}; see --help\n`);
        return ExitCode.USAGE;
      }
      throw error;
    }
  },
};

function argumentsOf(args: readonly string[]): Arguments {
  try {
    const parsed = parse(args);
    const { format, account, region, help } = parsed.values;
    if (help) return parsed;
    if (!['text', 'json'].includes(format)) throw new WrongUsage(`'--format' must be text or json, got '${format}'`);
    if (account !== undefined && !/^\d{12}$/.test(account)) {
      throw new WrongUsage(`'--account' must be twelve digits, got '${account}'`);
    }
    if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      throw new WrongUsage(`'--region' must be a region such as eu-west-1, got '${region}'`);
    }
    if (parsed.positionals.length === 0) throw new WrongUsage('name a cloud assembly (cdk.out) or a template');
    return parsed;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw code.startsWith('ERR_PARSE_ARGS_') ? new WrongUsage(message.split('\n')[0]) : error;
  }
}

function judge(paths: readonly string[], values: Arguments['values'], output: Output): CheckReport {
  const { progress, end } = progressOn(output);
  try {
    return check(read(paths, values, progress), { progress });
  } finally {
    end();
  }
}

function read(
  paths: readonly string[],
  { account, region, parameter = [] }: Arguments['values'],
  progress: Progress,
): AssemblyStack[] {
  const parameters = Object.fromEntries(
    parameter.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined) throw new WrongUsage(`'--parameter' must be NAME=VALUE, got '${pair}'`);
      return [name, value];
    }),
  );
  const stacks = paths.flatMap((path) => readInput(path, { account, region, parameters, progress }));
  const nobodys = Object.keys(parameters).find(
    (name) => !stacks.some(({ template }) => Object.hasOwn(template.Parameters ?? {}, name)),
  );
  if (nobodys !== undefined) {
    throw new WrongUsage(`'--parameter' must name a parameter of a template, got '${nobodys}'`);
  }
  return stacks;
}

function report(result: CheckReport, { format, explain, strict }: Arguments['values'], output: Output): ExitCode {
  if (explain !== undefined) {
    const all = result.pipelines.flatMap(({ findings }) => findings);
    const found =
      all.find(({ id }) => id === explain) ??
      only(
        all.filter(({ id }) => id.includes(explain)),
        explain,
      );
    output.out(
      format === 'json'
        ? JSON.stringify({ ...findingJson(found), because: found.reasons }, undefined, 2) + '\n'
        : explainText(found),
    );
  } else {
    output.out(format === 'json' ? reportJson(result) : reportText(result));
  }
  const { errors, warnings } = result.summary;
  return errors > 0 || (strict && warnings > 0) ? ExitCode.FINDINGS : ExitCode.CLEAN;
}

function only<T>(found: readonly T[], what: string): T {
  if (found.length === 1) return found[0];
  throw new WrongUsage(
    found.length === 0
      ? `no finding has the id '${what}'`
      : `${found.length} findings have '${what}' in their ids: name more of it`,
  );
}

/** Milliseconds for which nobody wonders, and between two words about the work. */
const [QUIET, BETWEEN] = [1000, 500];
const CLEAR_LINE = '\r\u001b[K';

/** Tells how far a long check is, to who watches, on a line that is gone at the end. */
function progressOn({ err, interactive }: Output): { readonly progress: Progress; readonly end: () => void } {
  let next = Date.now() + QUIET;
  let told = false;
  return {
    progress: (done) => {
      const now = Date.now();
      if (!interactive || now < next) return;
      next = now + BETWEEN;
      told = true;
      err(CLEAR_LINE + done);
    },
    end: () => told && err(CLEAR_LINE),
  };
}
