/** How fast is synthesis beside hand-written L2s and CDK Pipelines? */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BASE, contenders, LIBRARY, type Contender } from './contenders';
import { requireTime, type RequireTime } from './require-time';
import { median, rotated } from './statistics';
import { synthesize, type Outcome, type Run } from './synthesis';

const HELP = `Usage: npm run bench -- [options]

Synthesizes the same delivery (GitHub, build, staging, approval, production; the buckets exist) with hand-written L2s, CDK Pipelines
and WebAppPipeline, in one process, one App with N stacks of one pipeline each. Compile first: the compiled library is measured.

  --n 1,50        numbers of stacks (default 1,50,200,1000)
  --repeats 5     runs of which the median counts (default 5; for N = 1 five times, from N = 1000 on at most 3)
  --only text     contenders whose name contains this text
  --bare          without the feature flags that 'cdk init' turns on
  --json          the table as JSON
  --help          this text`;

interface Row {
  readonly n: number;
  readonly name: string;
  readonly repeats: number;
  readonly msPerPipeline?: number;
  /** To the base at the same N. */
  readonly ratio?: number;
  readonly outcome?: Outcome;
  /** Why there are no numbers. */
  readonly error?: string;
}

/** Stacks that warm up the code at first, and again after a collection of garbage, which throws compiled code away. */
const WARM_UP = { first: 50, again: 5 };

const progress = (text: string) => process.stderr.write(`${text}\n`);

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

  process.env.CDK_VALIDATION = 'false'; // would cost all of them the same, many times over
  // ts-node maps every stack trace back to its sources, and aws-cdk-lib takes one for each construct.
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  if (!globalThis.gc) progress('Run with --expose-gc, or the garbage of one contender is paid by the next.');
  const chosen = contenders().filter(({ name }) => name.toLowerCase().includes(values.only.toLowerCase()));
  warnIfStale();

  const rows = counts.flatMap((n) => measure(chosen, n, repeatsFor(n, repeats), values.bare ? {} : undefined));
  const load = requireTime(repeats);
  progress('');
  console.log(values.json ? JSON.stringify({ rows, require: load }, undefined, 2) : `${tableOf(rows)}\n\n${describe(load)}`);
}

/** Short runs are noisy and cheap, long ones neither. */
function repeatsFor(n: number, repeats: number): number {
  if (n === 1) return repeats * 5;
  return n >= 1000 ? Math.min(repeats, 3) : repeats;
}

function measure(all: readonly Contender[], n: number, repeats: number, context?: Record<string, unknown>): Row[] {
  const runs = new Map<Contender, Run[]>(all.map((one) => [one, []]));
  const errors = new Map<Contender, string>();
  for (const contender of all) synthesize(contender, WARM_UP.first, context);

  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const contender of rotated(all, repeat)) {
      const wanted = n > contender.upTo ? 0 : n > contender.onceBeyond ? 1 : repeats;
      if (repeat >= wanted || errors.has(contender)) continue;
      try {
        // Nobody pays for the garbage of the one before. One stack makes little, and a collection would be all that one sees.
        if (n > 1) {
          globalThis.gc?.();
          synthesize(contender, WARM_UP.again, context);
        }
        const run = synthesize(contender, n, context);
        runs.get(contender)!.push(run);
        if (n > 1) progress(`N = ${n}, run ${repeat + 1} of ${wanted}: ${contender.name} ${(run.milliseconds / n).toFixed(1)} ms per pipeline`);
      } catch (error) {
        errors.set(contender, (error as Error).message.split('\n')[0]);
        progress(`N = ${n}: ${contender.name} ended with an error`);
      }
    }
  }

  const perPipeline = (contender: Contender) => {
    const times = runs.get(contender)!.map(({ milliseconds }) => milliseconds / n);
    return times.length === 0 ? undefined : median(times);
  };
  const base = all.find(({ name }) => name === BASE);
  const baseTime = base && perPipeline(base);
  return all.map((contender) => {
    const msPerPipeline = perPipeline(contender);
    return {
      n,
      name: contender.name,
      repeats: runs.get(contender)!.length,
      msPerPipeline,
      ratio: baseTime && msPerPipeline && msPerPipeline / baseTime,
      outcome: runs.get(contender)![0]?.outcome,
      error: errors.get(contender) ?? (n > contender.upTo ? `not tried with more than ${contender.upTo} stacks` : undefined),
    };
  });
}

const HEAD = ['N', 'Contender', 'Runs', 'ms/pipeline', 'Ratio', 'Resources', 'Roles', 'Bytes'];

function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ n, name, repeats, msPerPipeline, ratio, outcome, error }) => outcome
    ? [n, name, repeats, msPerPipeline?.toFixed(2), ratio?.toFixed(2) ?? '', outcome.resources, outcome.roles, outcome.bytes].map(String)
    : [String(n), name, error ?? '']);
  // The text of an error runs on to the end of its line.
  const cells = [HEAD, ...lines.filter((line) => line.length === HEAD.length)];
  const widths = HEAD.map((_, column) => Math.max(...(column === 1 ? [HEAD, ...lines] : cells).map((line) => line[column].length)));
  return [HEAD, ...lines].map((line) => line
    .map((cell, column) => column === 1 || line.length < HEAD.length && column === 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))
    .join('  ').trimEnd()).join('\n');
}

function describe({ files, awsCdkLib, withLibrary, addedPercent }: RequireTime): string {
  const [without, together] = [awsCdkLib, withLibrary].map((ms) => `${ms.toFixed(0)} ms`);
  return `require: ${files} files of aws-cdk-lib that one pipeline needs ${without}, with this library before them ${together}: ${addedPercent.toFixed(1)} % more`;
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`${option} must be whole numbers from 1 on, got '${text}'`);
  return value;
}

function warnIfStale() {
  const sources = join(__dirname, '..', 'src');
  const newest = Math.max(...readdirSync(sources, { recursive: true, encoding: 'utf8' }).map((file) => statSync(join(sources, file)).mtimeMs));
  if (newest > statSync(join(LIBRARY, '..', '..', '.jsii')).mtimeMs) progress("lib is older than src: run 'npx projen compile' to measure what you see");
}

try {
  main();
} catch (error) {
  progress((error as Error).message);
  process.exitCode = 1;
}
