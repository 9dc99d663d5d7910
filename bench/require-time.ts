/** Measures the time that loading the library adds to loading aws-cdk-lib. Each measurement uses a new process. */
import { execFileSync } from 'node:child_process';
import { LIBRARY } from './contenders';
import { median, rotated } from './statistics';

export interface RequireTime {
  /** The number of files of aws-cdk-lib and its dependencies that the synthesis of one pipeline loads. */
  readonly files: number;
  /** Milliseconds to load these files. */
  readonly awsCdkLib: number;
  /** Milliseconds to load the library and then these files. */
  readonly withLibrary: number;
  /** The median difference of two consecutive loads. */
  readonly addedMilliseconds: number;
  readonly addedPercent: number;
}

/** The exports of the library that one pipeline uses. Exports are loaded lazily. */
const EXPORTS = ['WebAppPipeline', 'PipelineSource'];

/** Repeats loads, because they are short and other load on the machine has a large effect. */
const LOADS_PER_ROUND = 4;

export function requireTime(rounds: number): RequireTime {
  const files = filesOfOnePipeline();
  const sides = [
    { load: () => loadTime(files), times: [] as number[] },
    { load: () => loadTime(files, LIBRARY), times: [] as number[] },
  ];
  for (const { load } of sides) load(); // fills the file cache of the system
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
 * Returns the files that a pipeline with default options loads, in their order. aws-cdk-lib loads files lazily, so
 * requiring its modules would measure almost nothing.
 */
function filesOfOnePipeline(): string[] {
  return JSON.parse(
    run(`
    const { mkdtempSync, rmSync } = require('fs');
    const { App, Stack } = require('aws-cdk-lib');
    const { WebAppPipeline, PipelineSource } = require(${JSON.stringify(LIBRARY)});
    const prefix = require('path').join(require('os').tmpdir(), 'cdk-pipeline-patterns-bench-');
    const app = new App({ outdir: mkdtempSync(prefix) });
    new WebAppPipeline(new Stack(app, 'Delivery'), 'Site', { source: PipelineSource.gitHub('acme/shop', 'main') });
    app.synth();
    rmSync(app.outdir, { recursive: true });
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('node_modules'))));`),
  ) as string[];
}

/** Measures the time to load the files, including the exports of the library if one is passed. */
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

/** Runs a script in a process without the hooks of this process. Returns its output. */
function run(script: string): string {
  return execFileSync(process.execPath, ['-e', script], {
    cwd: __dirname,
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
}
