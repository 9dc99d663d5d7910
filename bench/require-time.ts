/** Measures what loading the library adds to loading what it uses of aws-cdk-lib, each time in a process of its own. */
import { execFileSync } from 'node:child_process';
import { LIBRARY } from './contenders';
import { median, rotated } from './statistics';

export interface RequireTime {
  /** Files of aws-cdk-lib and its dependencies that the synthesis of one pipeline loads. */
  readonly files: number;
  /** Milliseconds to load them. */
  readonly awsCdkLib: number;
  /** Milliseconds to load what one pipeline uses of the library, then them. */
  readonly withLibrary: number;
  /** The median difference of two loads in a row. */
  readonly addedMilliseconds: number;
  readonly addedPercent: number;
}

/** What one pipeline uses of the library, whose exports are loaded when they are first used. */
const EXPORTS = ['WebAppPipeline', 'PipelineSource'];

/** Loads are short, so that what else the machine does weighs more than in a synthesis. */
const LOADS_PER_ROUND = 4;

export function requireTime(rounds: number): RequireTime {
  const files = filesOfOnePipeline();
  const sides = [
    { load: () => loadTime(files), times: [] as number[] },
    { load: () => loadTime(files, LIBRARY), times: [] as number[] },
  ];
  for (const { load } of sides) load(); // the files come into the cache of the system
  for (let i = 0; i < rounds * LOADS_PER_ROUND; i++) {
    for (const { load, times } of rotated(sides, i)) times.push(load());
  }
  const [without, together] = sides.map(({ times }) => times);
  const awsCdkLib = median(without);
  const addedMilliseconds = median(together.map((time, i) => time - without[i]));
  return {
    files: files.length,
    awsCdkLib,
    withLibrary: median(together),
    addedMilliseconds,
    addedPercent: (addedMilliseconds / awsCdkLib) * 100,
  };
}

/**
 * aws-cdk-lib loads its files when they are first touched: requiring its modules by name costs next to nothing and says
 * nothing. So this lists the files, in their order, that a pipeline with all defaults touches.
 */
function filesOfOnePipeline(): string[] {
  return JSON.parse(
    run(`
    const { App, Stack } = require('aws-cdk-lib');
    const { WebAppPipeline, PipelineSource } = require(${JSON.stringify(LIBRARY)});
    const app = new App({ outdir: require('fs').mkdtempSync(require('path').join(require('os').tmpdir(), 'cdk-pipeline-patterns-bench-')) });
    new WebAppPipeline(new Stack(app, 'Delivery'), 'Site', { source: PipelineSource.gitHub('acme/shop', 'main') });
    app.synth();
    require('fs').rmSync(app.outdir, { recursive: true });
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('node_modules'))));`),
  ) as string[];
}

/** Times loading the files, after loading what one pipeline uses of the library if there is one. */
function loadTime(files: readonly string[], library?: string): number {
  const exports = library === undefined ? [] : EXPORTS;
  return Number(
    run(`
    const files = ${JSON.stringify(files)};
    const start = process.hrtime.bigint();
    for (const name of ${JSON.stringify(exports)}) require(${JSON.stringify(library)})[name];
    for (const file of files) require(file);
    console.log(Number(process.hrtime.bigint() - start) / 1e6);`),
  );
}

/** Runs a script in a process without the hooks that this one may run with, and gives what it prints. */
function run(script: string): string {
  return execFileSync(process.execPath, ['-e', script], {
    cwd: __dirname,
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
}
