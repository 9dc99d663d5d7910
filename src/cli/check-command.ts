import { parseArgs, ParseArgsConfig } from 'node:util';
import { Command, ExitCode, Output } from './command';
import { AssemblyStack } from '../assembly/cloud-assembly';
import { readInput } from '../assembly/input';
import type { Progress } from '../assembly/json';
import { UnreadableInput } from '../assembly/template';
import { check } from '../check/check';
import type { CheckReport, Finding } from '../check/finding';
import { explainJson, reportJson } from '../check/report/json';
import { explainText, reportText } from '../check/report/text';

const HELP = `cdk-pipeline-patterns check <cdk.out | template…> [options]

Reports the API calls of CodePipeline actions that the policies in synthesized templates would deny, before you deploy.
Reads cloud assemblies (output folders of 'cdk synth') and CloudFormation templates (JSON or YAML). All stacks are
evaluated together.

Options:
  --account <id>         account of environment-agnostic stacks
  --region <region>      Region of environment-agnostic stacks
  --parameter <K=V>      value of a template parameter; repeatable
  --format text|json     output format [text]
  --explain <finding>    all details of one finding, by its id or a unique part of it
  --strict               fail on warnings, too
  --help

Exit code: 0 no findings, 1 findings (errors; with --strict also warnings), 2 wrong usage, 3 unreadable input,
4 internal error.
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

/** Reports an invalid command line. */
class WrongUsage extends Error {}

/** Implements `check`, which evaluates the permissions of synthesized pipelines. */
export const checkCommand: Command = {
  summary: 'report the API calls of synthesized pipelines that would be denied',
  run(args, output) {
    try {
      const { values, positionals } = argumentsOf(args);
      if (values.help) {
        output.out(HELP);
        return ExitCode.CLEAN;
      }
      return report(checkInput(positionals, values, output), values, output);
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
      throw new WrongUsage(`'--account' must have 12 digits, got '${account}'`);
    }
    if (region !== undefined && !/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) {
      throw new WrongUsage(`'--region' must be a Region such as eu-west-1, got '${region}'`);
    }
    if (parsed.positionals.length === 0) throw new WrongUsage('pass a cloud assembly (cdk.out) or a template');
    return parsed;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code.startsWith('ERR_PARSE_ARGS_')) throw new WrongUsage(message.split('\n')[0]);
    throw error;
  }
}

function checkInput(paths: readonly string[], values: Arguments['values'], output: Output): CheckReport {
  const { progress, end } = progressOn(output);
  try {
    return check(readStacks(paths, values, progress), { progress });
  } finally {
    end();
  }
}

function readStacks(
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
  const unknownParameter = Object.keys(parameters).find(
    (name) => !stacks.some(({ template }) => Object.hasOwn(template.Parameters ?? {}, name)),
  );
  if (unknownParameter !== undefined) {
    throw new WrongUsage(`'--parameter' must name a parameter of a template, got '${unknownParameter}'`);
  }
  return stacks;
}

function report(result: CheckReport, { format, explain, strict }: Arguments['values'], output: Output): ExitCode {
  const isJson = format === 'json';
  if (explain === undefined) {
    output.out(isJson ? reportJson(result) : reportText(result));
  } else {
    const finding = findingWithId(result, explain);
    output.out(isJson ? explainJson(finding) : explainText(finding));
  }
  const { errors, warnings } = result.summary;
  if (errors > 0 || (strict && warnings > 0)) return ExitCode.FINDINGS;
  return ExitCode.CLEAN;
}

/** Returns the finding with an id, or the only one whose id contains the text. */
function findingWithId({ pipelines }: CheckReport, text: string): Finding {
  const findings = pipelines.flatMap((pipeline) => pipeline.findings);
  const exactMatch = findings.find(({ id }) => id === text);
  if (exactMatch) return exactMatch;
  const matches = findings.filter(({ id }) => id.includes(text));
  if (matches.length === 0) throw new WrongUsage(`'--explain' must be the id of a finding, got '${text}'`);
  if (matches.length > 1) {
    throw new WrongUsage(
      `'--explain' must match one finding, got '${text}', which matches ${matches.length}; use a longer part of the id`,
    );
  }
  return matches[0];
}

const PROGRESS_DELAY_MS = 1000;
const PROGRESS_INTERVAL_MS = 500;
const CLEAR_LINE = '\r\u001b[K';

/** Reports the progress of a long check on a terminal, in a line that is cleared at the end. */
function progressOn({ err, interactive }: Output): { readonly progress: Progress; readonly end: () => void } {
  let next = Date.now() + PROGRESS_DELAY_MS;
  let isShown = false;
  return {
    progress: (message) => {
      const now = Date.now();
      if (!interactive || now < next) return;
      next = now + PROGRESS_INTERVAL_MS;
      isShown = true;
      err(CLEAR_LINE + message);
    },
    end: () => isShown && err(CLEAR_LINE),
  };
}
