/** Measures the time that loading the library adds to loading aws-cdk-lib. Each measurement uses a new process. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { LIBRARY } from './contenders';
import { median } from './statistics';

/** Milliseconds of a part of a process: elapsed time, and CPU time of all its threads. */
export interface Milliseconds {
  readonly wall: number;
  readonly cpu: number;
}

export interface RequireTime {
  /** The number of files of aws-cdk-lib and its dependencies that the synthesis of one pipeline loads. */
  readonly files: number;
  /** The number of modules of the library that it evaluates. */
  readonly modules: number;
  /** The median time to load these files. */
  readonly awsCdkLib: Milliseconds;
  /** The median time to load the library after them, with all these modules. */
  readonly added: Milliseconds;
  readonly addedPercent: number;
}

/** What one pipeline with default options loads. Both packages load most of their code on first use. */
interface Loaded {
  readonly files: readonly string[];
  readonly modules: readonly string[];
}

/** File of the library that evaluates its modules. */
const MODULES = join(dirname(LIBRARY), 'modules.js');

/** Repeats loads, because they are short and other load on the machine has a large effect. */
const LOADS_PER_ROUND = 4;

export function requireTime(rounds: number): RequireTime {
  const loaded = loadedByOnePipeline();
  loadTimes(loaded); // fills the file cache of the system
  const runs = Array.from({ length: rounds * LOADS_PER_ROUND }, () => loadTimes(loaded));
  const awsCdkLib = medianOf(runs.map((times) => times.awsCdkLib));
  const added = medianOf(runs.map((times) => times.added));
  return {
    files: loaded.files.length,
    modules: loaded.modules.length,
    awsCdkLib,
    added,
    addedPercent: (added.wall / awsCdkLib.wall) * 100,
  };
}

function medianOf(times: readonly Milliseconds[]): Milliseconds {
  return { wall: median(times.map(({ wall }) => wall)), cpu: median(times.map(({ cpu }) => cpu)) };
}

function loadedByOnePipeline(): Loaded {
  return run<Loaded>(`
    const { mkdtempSync, rmSync } = require('fs');
    const { App, Stack } = require('aws-cdk-lib');
    const { WebAppPipeline, PipelineSource } = require(${JSON.stringify(LIBRARY)});
    const prefix = require('path').join(require('os').tmpdir(), 'cdk-pipeline-patterns-bench-');
    const app = new App({ outdir: mkdtempSync(prefix) });
    new WebAppPipeline(new Stack(app, 'Delivery'), 'Site', { source: PipelineSource.gitHub('acme/shop', 'main') });
    app.synth();
    rmSync(app.outdir, { recursive: true });
    console.log(JSON.stringify({
      files: Object.keys(require.cache).filter((file) => file.includes('node_modules')),
      modules: require(${JSON.stringify(MODULES)}).evaluated(),
    }));`);
}

/**
 * Measures the time to load the files, and then the library. As aws-cdk-lib is there already, the second part is the
 * time that the library adds; a difference of two long loads would mostly be noise.
 */
function loadTimes({ files, modules }: Loaded): { awsCdkLib: Milliseconds; added: Milliseconds } {
  return run(`
    function measure(load) {
      const [start, cpuStart] = [process.hrtime.bigint(), process.cpuUsage()];
      load();
      const [wall, { user, system }] = [process.hrtime.bigint() - start, process.cpuUsage(cpuStart)];
      return { wall: Number(wall) / 1e6, cpu: (user + system) / 1e3 };
    }
    const awsCdkLib = measure(() => {
      for (const file of ${JSON.stringify(files)}) require(file);
    });
    const added = measure(() => {
      require(${JSON.stringify(LIBRARY)});
      const { load } = require(${JSON.stringify(MODULES)});
      for (const name of ${JSON.stringify(modules)}) load(name);
    });
    console.log(JSON.stringify({ awsCdkLib, added }));`);
}

/** Runs a script in a process without the hooks of this process. Returns what it prints as JSON. */
function run<T>(script: string): T {
  const output = execFileSync(process.execPath, ['-e', script], {
    cwd: __dirname,
    env: { ...process.env, NODE_OPTIONS: '' },
    encoding: 'utf8',
  });
  return JSON.parse(output) as T;
}
