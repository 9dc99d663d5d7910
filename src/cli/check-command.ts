import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CHECK_HELP,
  type CheckArguments,
  checkArguments,
  type Format,
  isRule,
  type ParameterOutput,
  WrongUsage,
} from './check-options';
import { Command, ExitCode, Output } from './command';
import { AssemblyStack, readText } from '../assembly/cloud-assembly';
import { readInput } from '../assembly/input';
import { listOf, objectOf, type Progress, textOf } from '../assembly/json';
import { UnreadableInput } from '../assembly/template';
import { check } from '../check/check';
import type { CheckReport, Finding } from '../check/finding';
import { escapeText } from '../check/report/escape';
import { explainJson, reportJson } from '../check/report/json';
import { reportGithub } from '../check/report/github';
import { reportJunit } from '../check/report/junit';
import { ruleJson, rulesJson, rulesText, ruleText } from '../check/report/rules';
import { reportSarif } from '../check/report/sarif';
import { explainText, reportText } from '../check/report/text';
import { CHECK_RULES, selectFindings } from '../check/select';
import { packageVersion } from '../common/package-version';

/** Implements `check`, which evaluates the permissions of synthesized pipelines. */
export const checkCommand: Command = {
  summary: 'report the API calls of synthesized pipelines that would be denied',
  run(args, output) {
    try {
      const options = checkArguments(args);
      if (options.help) {
        output.out(CHECK_HELP);
        return ExitCode.CLEAN;
      }
      if (options.version) {
        output.out(`${packageVersion()}\n`);
        return ExitCode.CLEAN;
      }
      if (options.listRules) {
        output.out(options.format === 'json' ? rulesJson() : rulesText());
        return ExitCode.CLEAN;
      }
      if (isRule(options.explain)) {
        const rule = CHECK_RULES.find(({ id }) => id === options.explain)!;
        output.out(options.format === 'json' ? ruleJson(rule) : ruleText(rule));
        return ExitCode.CLEAN;
      }
      const selection = {
        rules: options.rules,
        excludedRules: options.excludedRules,
        baseline: options.baseline === undefined ? undefined : baselineIn(options.baseline),
      };
      return report(selectFindings(checkInput(options, output), selection), options, output);
    } catch (error) {
      if (error instanceof UnreadableInput) {
        output.err(`cdk-pipeline-patterns check: ${error.message}\n`);
        return ExitCode.UNREADABLE;
      }
      if (error instanceof WrongUsage) {
        output.err(`cdk-pipeline-patterns check: ${escapeText(error.message)}; see --help\n`);
        return ExitCode.USAGE;
      }
      throw error;
    }
  },
};

function checkInput(options: CheckArguments, output: Output): CheckReport {
  const { progress, end } = progressOn(output);
  try {
    return check(readStacks(options, progress), { progress });
  } finally {
    end();
  }
}

function readStacks(
  { paths, account, region, stacks: stackOptions, parameters, parameterOutputs }: CheckArguments,
  progress: Progress,
): AssemblyStack[] {
  const stacks = paths.flatMap((path) => {
    const environment = stackOptions.find((option) => resolve(option.path) === resolve(path)) ?? { account, region };
    return readInput(path, { account: environment.account, region: environment.region, parameters, progress });
  });

  function isDeclared(name: string) {
    return stacks.some(({ template }) => Object.hasOwn(template.Parameters ?? {}, name));
  }

  const undeclared = Object.keys(parameters).find((name) => !isDeclared(name));
  if (undeclared !== undefined) {
    throw new WrongUsage(`'--parameter' must name a parameter of a template, got '${undeclared}'`);
  }
  for (const { name, stack, output } of parameterOutputs) {
    if (!isDeclared(name)) {
      throw new WrongUsage(`'--parameter-output' must name a parameter of a template, got '${name}'`);
    }
    const source = stacks.find(({ displayName, stackName }) => [displayName, stackName].includes(stack));
    if (source === undefined || !Object.hasOwn(source.template.Outputs ?? {}, output)) {
      const names = stacks.map(({ displayName }) => displayName).join(', ');
      throw new WrongUsage(
        `'--parameter-output' must name an output of a stack of the input (${names}), got '${stack}.${output}'`,
      );
    }
  }
  return stacks.map((stack) => ({ ...stack, parameterOutputs: outputsFor(stack, parameterOutputs) }));
}

/** Returns the outputs of other stacks that are the values of a stack's parameters, by parameter. */
function outputsFor(stack: AssemblyStack, outputs: readonly ParameterOutput[]) {
  return Object.fromEntries(
    outputs
      .filter(({ name }) => Object.hasOwn(stack.template.Parameters ?? {}, name))
      .filter((source) => ![stack.displayName, stack.stackName].includes(source.stack))
      .map(({ name, ...source }) => [name, source]),
  );
}

function report(
  result: CheckReport,
  { format, explain, strict, allowNoPipeline }: CheckArguments,
  output: Output,
): ExitCode {
  if (explain === undefined) {
    output.out(FORMATTERS[format](result));
  } else {
    const finding = findingWithId(result, explain);
    output.out(format === 'json' ? explainJson(finding) : explainText(finding));
  }
  const { errors, warnings, pipelines } = result.summary;
  if (pipelines === 0 && !allowNoPipeline) {
    output.err(
      'cdk-pipeline-patterns check: the input must contain a pipeline (AWS::CodePipeline::Pipeline); check the path, ' +
        'or pass --allow-no-pipeline\n',
    );
    return ExitCode.UNREADABLE;
  }
  if (errors > 0 || (strict && warnings > 0)) return ExitCode.FINDINGS;
  return ExitCode.CLEAN;
}

const FORMATTERS: Readonly<Record<Format, (report: CheckReport) => string>> = {
  text: reportText,
  json: reportJson,
  sarif: (result) => reportSarif(result, packageVersion()),
  junit: reportJunit,
  github: reportGithub,
};

/** Reads the IDs of the findings of an earlier report. */
function baselineIn(file: string): ReadonlySet<string> {
  if (!existsSync(file)) throw new UnreadableInput(`${file} does not exist; write it with --format json`);
  const { pipelines } = objectOf(parseJson(readText(file), file));
  if (!Array.isArray(pipelines)) {
    throw new UnreadableInput(`${file} is not a report of this command; write it with --format json`);
  }
  const findings = pipelines.flatMap((pipeline) => listOf(objectOf(pipeline).findings));
  return new Set(findings.map((finding) => textOf(objectOf(finding).id)));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableInput(`${file} is not JSON: ${(error as Error).message}; write it with --format json`);
  }
}

/** Returns the finding with an id, or the only one whose id contains the text. */
function findingWithId({ pipelines }: CheckReport, text: string): Finding {
  const findings = pipelines.flatMap((pipeline) => pipeline.findings);
  const exactMatch = findings.find(({ id }) => id === text || escapeText(id) === text);
  if (exactMatch) return exactMatch;
  const matches = findings.filter(({ id }) => id.includes(text) || escapeText(id).includes(text));
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
