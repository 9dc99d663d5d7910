/** What loading the library adds to loading what it uses of aws-cdk-lib, each time in a process of its own. */
import { execFileSync } from 'node:child_process';
import { LIBRARY } from './contenders';
import { median, rotated } from './statistics';

export interface RequireTime {
  /** Files of aws-cdk-lib and its dependencies that the synthesis of one pipeline loads. */
  readonly files: number;
  /** Milliseconds to load them. */
  readonly awsCdkLib: number;
  /** Milliseconds to load the library, then them. */
  readonly withLibrary: number;
  readonly addedPercent: number;
}

export function requireTime(repeats: number): RequireTime {
  const files = filesOfOnePipeline();
  const sides = [{ load: files, times: [] as number[] }, { load: [LIBRARY, ...files], times: [] as number[] }];
  for (const { load } of sides) loadTime(load); // the files come into the cache of the system
  for (let i = 0; i < repeats; i++) for (const { load, times } of rotated(sides, i)) times.push(loadTime(load));
  const [awsCdkLib, withLibrary] = sides.map(({ times }) => median(times));
  return { files: files.length, awsCdkLib, withLibrary, addedPercent: (withLibrary / awsCdkLib - 1) * 100 };
}

/**
 * aws-cdk-lib loads its files when they are first touched: requiring its modules by name costs next to nothing and says nothing. So this
 * lists the files, in their order, that a pipeline with all defaults touches.
 */
function filesOfOnePipeline(): string[] {
  return JSON.parse(run(`
    const { App, Stack } = require('aws-cdk-lib');
    const { WebAppPipeline, PipelineSource } = require(${JSON.stringify(LIBRARY)});
    const app = new App({ outdir: require('fs').mkdtempSync(require('path').join(require('os').tmpdir(), 'cdk-pipeline-patterns-bench-')) });
    new WebAppPipeline(new Stack(app, 'Delivery'), 'Site', { source: PipelineSource.gitHub('acme/shop', 'main') });
    app.synth();
    require('fs').rmSync(app.outdir, { recursive: true });
    console.log(JSON.stringify(Object.keys(require.cache).filter((file) => file.includes('node_modules'))));`)) as string[];
}

function loadTime(files: readonly string[]): number {
  return Number(run(`
    const files = ${JSON.stringify(files)};
    const start = process.hrtime.bigint();
    for (const file of files) require(file);
    console.log(Number(process.hrtime.bigint() - start) / 1e6);`));
}

/** Runs a script in a process without the hooks that this one may run with, and gives what it prints. */
function run(script: string): string {
  return execFileSync(process.execPath, ['-e', script], { cwd: __dirname, env: { ...process.env, NODE_OPTIONS: '' }, encoding: 'utf8' });
}
