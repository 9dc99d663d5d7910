/** Compares the speed of synthesis with hand-written L2s and CDK Pipelines. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BASE, contenders, LIBRARY, type Contender } from './contenders';
import { requireTime, type Milliseconds, type RequireTime } from './require-time';
import { round, type RoundResult } from './round';
import { median, rotated } from './statistics';
import type { Outcome } from './synthesis';

const HELP = `Usage: npm run bench -- [options]

Synthesizes the same delivery (GitHub, build, staging, approval, production; existing buckets) with hand-written L2s,
CDK Pipelines and WebAppPipeline in one process. Each App has N stacks with one pipeline. Measures the compiled library,
so compile first.

  --n 1,50        numbers of stacks (default 1,50,200,1000)
  --repeats 5     rounds, each in a new process and in rotated order; reports the median (default 5)
  --only text     contenders whose name contains this text
  --bare          without the feature flags that 'cdk init' turns on
  --json          print JSON
  --help          print this help`;

interface Row {
  readonly n: number;
  readonly name: string;
  readonly runs: number;
  readonly msPerPipeline?: number;
  /** The median of the ratios to the base in the same round. */
  readonly ratio?: number;
  readonly cpuMsPerPipeline?: number;
  /** The same ratio of the CPU time, on which other load on the machine has less effect. */
  readonly cpuRatio?: number;
  readonly outcome?: Outcome;
  /** The reason for missing numbers. */
  readonly error?: string;
}

/** Returns the runs in one round. Single stacks are noisy and cheap, so they run several times. */
function runsOf(n: number) {
  return n === 1 ? 5 : 1;
}

function progress(text: string) {
  return process.stderr.write(`${text}\n`);
}

function main() {
  const { values } = parseArgs({
    options: {
      n: { type: 'string', default: '1,50,200,1000' },
      repeats: { type: 'string', default: '5' },
      only: { type: 'string', default: '' },
      bare: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const counts = values.n.split(',').map((text) => positive('--n', text));
  const repeats = positive('--repeats', values.repeats);

  if (!globalThis.gc) progress('Run with --expose-gc, so that garbage of one contender does not slow down the next.');
  const chosen = contenders().filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
  warnIfStale();

  const rows = counts.flatMap((n) => measure(chosen, n, repeats, values.bare));
  const load = requireTime(repeats);
  progress('');
  console.log(
    values.json ? JSON.stringify({ rows, require: load }, undefined, 2) : `${tableOf(rows)}\n\n${describe(load)}`,
  );
}

function measure(all: readonly Contender[], n: number, rounds: number, bare: boolean): Row[] {
  const results: Array<Map<string, RoundResult>> = [];
  for (let i = 0; i < rounds; i++) {
    const names = rotated(all, i)
      .filter(({ upTo, onceBeyond }) => n <= upTo && (i === 0 || n <= onceBeyond))
      .map(({ name }) => name);
    const done = round({ n, names, runs: runsOf(n), bare });
    results.push(new Map(done.map((result) => [result.name, result])));
    const times = done.map((result) => `${result.name} ${timeOf(result, n, 'milliseconds')?.toFixed(1) ?? 'failed'}`);
    progress(`N = ${n}, round ${i + 1} of ${rounds}, ms per pipeline: ${times.join(', ')}`);
  }
  return all.map(({ name, upTo }) => {
    const contenderResults = results.map((result) => result.get(name));
    const [times, cpuTimes] = CLOCKS.map((clock) =>
      contenderResults.flatMap((result) => timeOf(result, n, clock) ?? []),
    );
    const [ratios, cpuRatios] = CLOCKS.map((clock) => ratiosTo(BASE, name, results, n, clock));
    return {
      n,
      name,
      runs: contenderResults.flatMap((result) => result?.runs ?? []).length,
      ...(times.length > 0 && { msPerPipeline: median(times) }),
      ...(ratios.length > 0 && { ratio: median(ratios) }),
      ...(cpuTimes.length > 0 && { cpuMsPerPipeline: median(cpuTimes) }),
      ...(cpuRatios.length > 0 && { cpuRatio: median(cpuRatios) }),
      outcome: contenderResults.flatMap((result) => result?.runs ?? [])[0]?.outcome,
      error:
        n > upTo ? `not tried with more than ${upTo} stacks` : contenderResults.find((result) => result?.error)?.error,
    };
  });
}

/** The measured times: elapsed time, and CPU time of all threads of the process. */
const CLOCKS = ['milliseconds', 'cpuMilliseconds'] as const;

/** Returns the milliseconds per pipeline in one round. */
function timeOf(result: RoundResult | undefined, n: number, clock: (typeof CLOCKS)[number]): number | undefined {
  return result && result.runs.length > 0 ? median(result.runs.map((run) => run[clock] / n)) : undefined;
}

/** Returns the ratio of each round. Compares within a round, because other load on the machine slows down both. */
function ratiosTo(
  base: string,
  name: string,
  results: ReadonlyArray<ReadonlyMap<string, RoundResult>>,
  n: number,
  clock: (typeof CLOCKS)[number],
): number[] {
  return results.flatMap((resultOf) => {
    const [time, baseTime] = [name, base].map((contender) => timeOf(resultOf.get(contender), n, clock));
    return time === undefined || baseTime === undefined ? [] : [time / baseTime];
  });
}

const HEAD = ['N', 'Contender', 'Runs', 'ms/pipeline', 'Ratio', 'CPU ms', 'CPU ratio', 'Resources', 'Roles', 'Bytes'];

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ n, name, runs, msPerPipeline, ratio, cpuMsPerPipeline, cpuRatio, outcome, error }) =>
    outcome
      ? [
          n,
          name,
          runs,
          msPerPipeline?.toFixed(2),
          ratio?.toFixed(2) ?? '',
          cpuMsPerPipeline?.toFixed(2),
          cpuRatio?.toFixed(2) ?? '',
          outcome.resources,
          outcome.roles,
          outcome.bytes,
        ].map(String)
      : [String(n), name, error ?? ''],
  );
  // An error extends to the end of its line.
  const cells = [HEAD, ...lines.filter((line) => line.length === HEAD.length)];
  const widths = HEAD.map((_, column) =>
    Math.max(...(column === 1 ? [HEAD, ...lines] : cells).map((line) => line[column].length)),
  );
  return [HEAD, ...lines]
    .map((line) =>
      line
        .map((cell, column) =>
          column === 1 || (line.length < HEAD.length && column === 2)
            ? cell.padEnd(widths[column])
            : cell.padStart(widths[column]),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function describe({ files, modules, awsCdkLib, added, addedPercent }: RequireTime): string {
  return (
    `loading: ${files} files of aws-cdk-lib that one pipeline needs ${timesOf(awsCdkLib)}; ` +
    `this library with the ${modules} modules that it needs ${timesOf(added)} more (${addedPercent.toFixed(1)} %)`
  );
}

function timesOf({ wall, cpu }: Milliseconds): string {
  return `${wall.toFixed(1)} ms (CPU ${cpu.toFixed(1)} ms)`;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${option} must be positive integers, got '${text}'`);
  }
  return value;
}

function warnIfStale() {
  const sources = join(__dirname, '..', 'src');
  const newest = Math.max(
    ...readdirSync(sources, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(sources, file)).mtimeMs),
  );
  if (newest > statSync(join(LIBRARY, '..', '..', '.jsii')).mtimeMs) {
    progress("lib is older than src; run 'npx projen compile' to measure the current sources");
  }
}

try {
  main();
} catch (error) {
  progress((error as Error).message);
  process.exitCode = 1;
}
