import { parseArgs, type ParseArgsConfig } from 'node:util';
import { REGIONS } from '../aws/regions';
import { CHECK_RULES } from '../check/select';
import { closest } from '../common/closest';
import { didYouMean } from '../common/rules';

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
  --format <format>      text, json, sarif, junit or github [text]
  --rules <id,…>         report only these rules; AccessDenied and AccessUnknown are the permissions
  --exclude-rules <id,…> report all rules but these
  --baseline <file>      accept the findings of an earlier report in the format json
  --list-rules           list the rules; no input is read
  --explain <id>         all details of a rule, or of a finding by its id or a unique part of it
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
  rules: { type: 'string' },
  'exclude-rules': { type: 'string' },
  baseline: { type: 'string' },
  'list-rules': { type: 'boolean', default: false },
  explain: { type: 'string' },
  strict: { type: 'boolean', default: false },
  'allow-no-pipeline': { type: 'boolean', default: false },
  version: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsConfig['options'];

/** The formats of a report. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'github'] as const;

export type Format = (typeof FORMATS)[number];

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
  readonly format: Format;
  readonly rules?: readonly string[];
  readonly excludedRules?: readonly string[];
  /** The file of the baseline. */
  readonly baseline?: string;
  readonly listRules: boolean;
  /** The rule or the finding to explain. */
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
  listRules: false,
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
    format: formatOption(format),
    rules: rulesOption('--rules', values.rules),
    excludedRules: rulesOption('--exclude-rules', values['exclude-rules']),
    baseline: values.baseline,
    listRules: values['list-rules'],
    explain: values.explain,
    strict: values.strict,
    allowNoPipeline: values['allow-no-pipeline'],
    version,
    help,
  };
  if (result.listRules || isRule(result.explain)) return result;
  if (account !== undefined) validateAccount('--account', account);
  if (region !== undefined) validateRegion('--region', region);
  if (result.paths.length === 0) throw new WrongUsage('pass a cloud assembly (cdk.out) or a template');
  return result;
}

/** Returns whether a text is the ID of a rule. */
export function isRule(text: string | undefined): boolean {
  return CHECK_RULES.some(({ id }) => id === text);
}

function formatOption(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (format !== undefined) return format;
  const similar = closest(text, FORMATS);
  const suggestion = similar === undefined ? '' : `; ${didYouMean(similar)}`;
  throw new WrongUsage(`'--format' must be ${FORMATS.join(', ')}, got '${text}'${suggestion}`);
}

function rulesOption(option: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const ids = text.split(',').map((id) => id.trim());
  const unknown = ids.find((id) => !isRule(id));
  if (unknown === undefined) return ids;
  const names = CHECK_RULES.map(({ id }) => id);
  const similar = closest(unknown, names);
  const suggestion = similar === undefined ? 'see --list-rules' : didYouMean(similar);
  throw new WrongUsage(`'${option}' must contain IDs of rules, got '${unknown}'; ${suggestion}`);
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
  return `there is no option '${option}'; ${didYouMean(name)}`;
}

function validateAccount(option: string, account: string) {
  if (!/^\d{12}$/.test(account)) {
    throw new WrongUsage(`'${option}' must have an account of 12 digits, got '${account}'`);
  }
}

function validateRegion(option: string, region: string) {
  if (REGIONS.includes(region)) return;
  const similar = closest(region, REGIONS);
  const suggestion = similar === undefined ? '' : `; ${didYouMean(similar)}`;
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
