/** Measures the synthesis of one App with many stacks, and the size of its output. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import flags from 'aws-cdk-lib/recommended-feature-flags.json';
import type { Contender } from './contenders';

/** Describes the output of a pipeline. */
export interface Outcome {
  readonly resources: number;
  readonly roles: number;
  readonly bytes: number;
}

export interface Run {
  /** The time from `new App` to the last written file. */
  readonly milliseconds: number;
  /** The CPU time of all threads of the process in this time. */
  readonly cpuMilliseconds: number;
  readonly outcome: Outcome;
}

/**
 * Synthesizes one App with `count` stacks with one pipeline each.
 *
 * @param context the context of the App. Defaults to the feature flags of `cdk init`
 */
export function synthesize(contender: Contender, count: number, context: Record<string, unknown> = flags): Run {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-pipeline-patterns-bench-'));
  try {
    const [start, cpuStart] = [process.hrtime.bigint(), process.cpuUsage()];
    const app = new App({ outdir, context, analyticsReporting: false });
    for (let i = 0; i < count; i++) contender.build(new Stack(app, `Delivery${i}`));
    app.synth();
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    const { user, system } = process.cpuUsage(cpuStart);
    return { milliseconds, cpuMilliseconds: (user + system) / 1e3, outcome: outcomeOf(outdir, count) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function outcomeOf(directory: string, count: number): Outcome {
  const texts = readdirSync(directory)
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => readFileSync(join(directory, file), 'utf8'));
  const types = texts.flatMap((text) => {
    const { Resources = {} } = JSON.parse(text) as { Resources?: Record<string, { Type: string }> };
    return Object.values(Resources).map(({ Type }) => Type);
  });

  function ofType(type: string) {
    return types.filter((candidate) => candidate === type).length;
  }

  if (ofType('AWS::CodePipeline::Pipeline') !== count) {
    throw new Error(`expected ${count} pipelines, got ${ofType('AWS::CodePipeline::Pipeline')}`);
  }
  return {
    resources: types.length / count,
    roles: ofType('AWS::IAM::Role') / count,
    bytes: Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / count),
  };
}
