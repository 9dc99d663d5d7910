/**
 * Runs one round, in which every contender runs once in the same process. Each round has a new process, because
 * aws-cdk-lib keeps all constructs of all Apps in static tables, 0.3 MB for each pipeline.
 */
import { execFileSync } from 'node:child_process';
import { contenders } from './contenders';
import { synthesize, type Run } from './synthesis';

export interface RoundRequest {
  /** The number of stacks in the App. */
  readonly n: number;
  /** The names of the contenders in their order. */
  readonly names: readonly string[];
  /** The number of runs of each contender. */
  readonly runs: number;
  /** Whether to synthesize without the feature flags of `cdk init`. */
  readonly bare: boolean;
}

export interface RoundResult {
  readonly name: string;
  readonly runs: readonly Run[];
  /** The first line of the error that ended the runs. */
  readonly error?: string;
}

/** The number of stacks for the warm-up: initially, and after each garbage collection, which discards compiled code. */
const WARM_UP = { first: 40, again: 15 };

export function round(request: RoundRequest): RoundResult[] {
  const output = execFileSync(process.execPath, [...process.execArgv, __filename, JSON.stringify(request)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CDK_VALIDATION: 'false' }, // takes the same time for all contenders
  });
  return JSON.parse(output) as RoundResult[];
}

function measure({ n, names, runs, bare }: RoundRequest): RoundResult[] {
  const context = bare ? {} : undefined;
  const all = contenders();
  const selected = names.map((name) => all.find((contender) => contender.name === name)!);
  for (const contender of selected) synthesize(contender, WARM_UP.first, context);
  return selected.map((contender) => {
    const completed: Run[] = [];
    try {
      globalThis.gc?.(); // collects the garbage of the previous contender
      synthesize(contender, WARM_UP.again, context);
      for (let i = 0; i < runs; i++) completed.push(synthesize(contender, n, context));
      return { name: contender.name, runs: completed };
    } catch (error) {
      return { name: contender.name, runs: completed, error: (error as Error).message.split('\n')[0] };
    }
  });
}

if (require.main === module) {
  // ts-node maps every stack trace to its sources, and aws-cdk-lib creates one for each construct.
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  process.stdout.write(JSON.stringify(measure(JSON.parse(process.argv[2]) as RoundRequest)));
}
