import { parseArgs, type ParseArgsConfig } from 'node:util';
import { REGIONS } from '../aws/regions';
import { closest } from '../common/closest';

export const CHECK_HELP = `cdk-pipeline-patterns check <cdk.out | template…> [options]

Reports the API calls of CodePipeline actions that the policies in synthesized templates would deny, before you deploy.
Reads cloud assemblies (output folders of 'cdk synth') and CloudFormation templates (JSON or YAML). All stacks are
evaluated together.

Options:
  --account <id>         account of environment-agnostic stacks
  --region <region>      Region of environment-agnostic stacks
  --stack <T=A/R>        template T is deployed to account A and Region R; repeatable
  --parameter <K=V>      value of a template parameter; repeatable
  --parameter-output <K=S.O>
                         the value of template parameter K is output O of stack S; repeatable
  --format text|json     output format [text]
  --explain <finding>    all details of one finding, by its id or a unique part of it
  --strict               fail on warnings, too
  --allow-no-pipeline    succeed if the input contains no pipeline
  --version              version of cdk-pipeline-patterns
  --help

Exit code: 0 no findings, 1 findings (errors; with --strict also warnings), 2 wrong usage, 3 unreadable input or input
without a pipeline, 4 internal error.
`;

const OPTIONS = {
  account: { type: 'string' },
  region: { type: 'string' },
  stack: { type: 'string', multiple: true },
  parameter: { type: 'string', multiple: true },
  'parameter-output': { type: 'string', multiple: true },
  format: { type: 'string', default: 'text' },
  explain: { type: 'string' },
  strict: { type: 'boolean', default: false },
  'allow-no-pipeline': { type: 'boolean', default: false },
  version: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Reports an invalid command line. */
export class WrongUsage extends Error {}

/** The account and Region of a template. */
export interface StackOption {
  readonly path: string;
  readonly account: string;
  readonly region: string;
}

/** The name of a parameter with the stack output that provides its value. */
export interface ParameterOutput {
  readonly name: string;
  readonly stack: string;
  readonly output: string;
}

/** The validated command line. */
export interface CheckArguments {
  /** The assemblies and templates, including the templates of `--stack`. */
  readonly paths: readonly string[];
  readonly account?: string;
  readonly region?: string;
  readonly stacks: readonly StackOption[];
  readonly parameters: Readonly<Record<string, string>>;
  readonly parameterOutputs: readonly ParameterOutput[];
  readonly format: 'text' | 'json';
  readonly explain?: string;
  readonly strict: boolean;
  readonly allowNoPipeline: boolean;
  readonly version: boolean;
  readonly help: boolean;
}

const NOTHING: CheckArguments = {
  paths: [],
  stacks: [],
  parameters: {},
  parameterOutputs: [],
  format: 'text',
  strict: false,
  allowNoPipeline: false,
  version: false,
  help: false,
};

/** Parses and validates a command line. */
export function checkArguments(args: readonly string[]): CheckArguments {
  const { values, positionals } = parsed(args);
  const { format, account, region, help, version } = values;
  if (help || version) return { ...NOTHING, help, version };
  const stacks = (values.stack ?? []).map(stackOption);
  const result: CheckArguments = {
    paths: [...new Set([...positionals, ...stacks.map(({ path }) => path)])],
    account,
    region,
    stacks,
    parameters: Object.fromEntries((values.parameter ?? []).map(parameterOption)),
    parameterOutputs: (values['parameter-output'] ?? []).map(parameterOutputOption),
    format: format === 'json' ? 'json' : 'text',
    explain: values.explain,
    strict: values.strict,
    allowNoPipeline: values['allow-no-pipeline'],
    version,
    help,
  };
  if (!['text', 'json'].includes(format)) throw new WrongUsage(`'--format' must be text or json, got '${format}'`);
  if (account !== undefined) validateAccount('--account', account);
  if (region !== undefined) validateRegion('--region', region);
  if (result.paths.length === 0) throw new WrongUsage('pass a cloud assembly (cdk.out) or a template');
  return result;
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('ERR_PARSE_ARGS_')) throw error;
    const [, option] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
    throw new WrongUsage(option === undefined ? message.split('\n')[0] : unknownOption(option));
  }
}

function unknownOption(option: string): string {
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  const name = closest(option, names);
  if (name === undefined) return `the options are ${names.join(', ')}, got '${option}'`;
  return `there is no option '${option}'; did you mean '${name}'?`;
}

function validateAccount(option: string, account: string) {
  if (!/^\d{12}$/.test(account)) {
    throw new WrongUsage(`'${option}' must have an account of 12 digits, got '${account}'`);
  }
}

function validateRegion(option: string, region: string) {
  if (REGIONS.includes(region)) return;
  const similar = closest(region, REGIONS);
  const suggestion = similar === undefined ? '' : `; did you mean '${similar}'?`;
  throw new WrongUsage(`'${option}' must have a Region such as eu-west-1, got '${region}'${suggestion}`);
}

function stackOption(text: string): StackOption {
  const [, path, account, region] = /^(.+)=([^=/]*)\/([^=/]*)$/s.exec(text) ?? [];
  if (path === undefined) {
    throw new WrongUsage(`'--stack' must be TEMPLATE=ACCOUNT/REGION, got '${text}'`);
  }
  validateAccount('--stack', account);
  validateRegion('--stack', region);
  return { path, account, region };
}

function parameterOption(text: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new WrongUsage(`'--parameter' must be NAME=VALUE, got '${text}'`);
  return [name, value];
}

function parameterOutputOption(text: string): ParameterOutput {
  const [, name, stack, output] = /^([^=]+)=(.+)\.([A-Za-z0-9]+)$/s.exec(text) ?? [];
  if (name === undefined) throw new WrongUsage(`'--parameter-output' must be NAME=STACK.OUTPUT, got '${text}'`);
  return { name, stack, output };
}
