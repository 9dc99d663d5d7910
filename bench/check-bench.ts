/** Measures the speed of reading and checking one or many pipelines in one warm process, without synthesis. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { contenders, LIBRARY, type Contender } from './contenders';
import { median } from './statistics';

const HELP = `Usage: npm run bench:check -- [options]

Synthesizes Apps with N stacks of one pipeline each, and measures reading and checking their assemblies in a warm
process. Measures the compiled library, so compile first.

  --n 1,50,200    numbers of pipelines (default 1,50,200)
  --repeats 5     runs; reports the median (default 5)
  --json          print JSON
  --help          print this help`;

interface Row {
  readonly name: string;
  readonly n: number;
  readonly milliseconds: number;
  readonly msPerPipeline: number;
  /** The number of evaluated calls. */
  readonly calls: number;
}

/** Limits the pipelines of each contender. CDK Pipelines cannot synthesize more in one App; see README.md. */
const CONTENDERS: Readonly<Record<string, number>> = {
  'L2s, default roles': Infinity,
  'CDK Pipelines': 50,
  WebAppPipeline: Infinity,
};

function main() {
  const { values } = parseArgs({
    options: {
      n: { type: 'string', default: '1,50,200' },
      repeats: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const check = checker();
  const rows = contenders()
    .filter(({ name }) => Object.hasOwn(CONTENDERS, name))
    .flatMap((contender) =>
      values.n
        .split(',')
        .map(Number)
        .filter((n) => n <= CONTENDERS[contender.name])
        .map((n) => measure(contender, n, Number(values.repeats), check)),
    );
  if (values.json) return console.log(JSON.stringify(rows, undefined, 2));
  console.log('| pipelines of | N | ms | ms per pipeline | calls |\n|---|---|---|---|---|');
  for (const { name, n, milliseconds, msPerPipeline, calls } of rows) {
    console.log(`| ${name} | ${n} | ${milliseconds.toFixed(0)} | ${msPerPipeline.toFixed(1)} | ${calls} |`);
  }
}

/** Runs before the measurement, to measure warm code. */
const WARM = 5;

type Check = (directory: string) => number;

/** Reads and checks an assembly. Returns the number of calls. */
function checker(): Check {
  const folder = join(LIBRARY, '..');
  if (!existsSync(join(folder, 'check'))) {
    throw new Error(`${folder} must contain check; run 'npx projen compile' first`);
  }
  const load = createRequire(__filename);
  const { readInput } = load(join(folder, 'assembly', 'input.js')) as typeof import('../src/assembly/input');
  const { check } = load(join(folder, 'check', 'check.js')) as typeof import('../src/check/check');
  return (directory) =>
    check(readInput(directory)).pipelines.reduce(
      (sum, { calls }) => sum + calls.allowed + calls.denied + calls.unknown,
      0,
    );
}

function measure({ name, build }: Contender, n: number, repeats: number, check: Check): Row {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-pipeline-patterns-bench-'));
  try {
    const app = new App({ outdir, context: flags, analyticsReporting: false });
    for (let i = 0; i < n; i++) {
      build(new Stack(app, `Delivery${i}`, { env: { account: '111111111111', region: 'eu-west-1' } }));
    }
    app.synth();
    let calls = 0;
    for (let i = 0; i < WARM; i++) calls = check(outdir);
    const times = Array.from({ length: repeats }, () => {
      globalThis.gc?.();
      const start = process.hrtime.bigint();
      check(outdir);
      return Number(process.hrtime.bigint() - start) / 1e6;
    });
    const milliseconds = median(times);
    process.stderr.write(`${name}, N = ${n}: ${milliseconds.toFixed(0)} ms\n`);
    return { name, n, milliseconds, msPerPipeline: milliseconds / n, calls };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

main();
