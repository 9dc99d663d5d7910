/**
 * One round: every contender once, side by side in a process of its own. A process of many rounds would measure its own
 * past, because aws-cdk-lib keeps all constructs of all Apps in static tables, 0.3 MB for each pipeline.
 */
import { execFileSync } from 'node:child_process';
import { contenders } from './contenders';
import { synthesize, type Run } from './synthesis';

export interface RoundRequest {
  /** Stacks in the App. */
  readonly n: number;
  /** Names of contenders, in the order in which they run. */
  readonly names: readonly string[];
  /** Runs of each. */
  readonly runs: number;
  /** Without the feature flags that `cdk init` turns on. */
  readonly bare: boolean;
}

export interface RoundResult {
  readonly name: string;
  readonly runs: readonly Run[];
  /** The first line of the error that ended it. */
  readonly error?: string;
}

/** Stacks that warm up the code at first, and again after a collection of garbage, which throws compiled code away. */
const WARM_UP = { first: 40, again: 15 };

export function round(request: RoundRequest): RoundResult[] {
  const output = execFileSync(process.execPath, [...process.execArgv, __filename, JSON.stringify(request)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CDK_VALIDATION: 'false' }, // validation would cost all of them the same, many times over
  });
  return JSON.parse(output) as RoundResult[];
}

function measure({ n, names, runs, bare }: RoundRequest): RoundResult[] {
  const context = bare ? {} : undefined;
  const all = contenders();
  const chosen = names.map((name) => all.find((one) => one.name === name)!);
  for (const contender of chosen) synthesize(contender, WARM_UP.first, context);
  return chosen.map((contender) => {
    const done: Run[] = [];
    try {
      globalThis.gc?.(); // nobody pays for the garbage of the one before
      synthesize(contender, WARM_UP.again, context);
      for (let i = 0; i < runs; i++) done.push(synthesize(contender, n, context));
      return { name: contender.name, runs: done };
    } catch (error) {
      return { name: contender.name, runs: done, error: (error as Error).message.split('\n')[0] };
    }
  });
}

if (require.main === module) {
  // ts-node maps every stack trace back to its sources, and aws-cdk-lib takes one for each construct.
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  process.stdout.write(JSON.stringify(measure(JSON.parse(process.argv[2]) as RoundRequest)));
}
