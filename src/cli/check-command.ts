import { resolve } from 'node:path';
import { CHECK_HELP, type CheckArguments, checkArguments, type ParameterOutput, WrongUsage } from './check-options';
import { Command, ExitCode, Output } from './command';
import { packageVersion } from './version';
import { AssemblyStack } from '../assembly/cloud-assembly';
import { readInput } from '../assembly/input';
import type { Progress } from '../assembly/json';
import { UnreadableInput } from '../assembly/template';
import { check } from '../check/check';
import type { CheckReport, Finding } from '../check/finding';
import { escapeText } from '../check/report/escape';
import { explainJson, reportJson } from '../check/report/json';
import { explainText, reportText } from '../check/report/text';

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
      return report(checkInput(options, output), options, output);
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
  const isJson = format === 'json';
  if (explain === undefined) {
    output.out(isJson ? reportJson(result) : reportText(result));
  } else {
    const finding = findingWithId(result, explain);
    output.out(isJson ? explainJson(finding) : explainText(finding));
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
