/**
 * Measures how many UNKNOWN findings the check reports for pipelines that the library did not make. Run with
 * `npx ts-node -T -P tsconfig.dev.json test/evidence/unknown-calls.ts`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import type { CheckReport, Finding } from '../../src/check/finding';

/** The inputs of each kind, by the folder that contains them. */
export const MEASURED: Readonly<Record<string, readonly string[]>> = {
  CDK: ['fixtures/assemblies', 'fixtures/old-templates'],
  'hand-written': ['hand-written'],
};

export interface UnknownCalls {
  readonly pipelines: number;
  /** The UNKNOWN findings per pipeline. A finding lists the calls that are unknown for the same reason. */
  readonly average: number;
  /** The number of findings by reason, the most frequent one first. */
  readonly reasons: ReadonlyArray<readonly [reason: string, count: number]>;
}

/** Returns the inputs of a kind. */
export function inputsOf(kind: string): string[] {
  return MEASURED[kind].flatMap((folder) => {
    const directory = join(__dirname, folder);
    return readdirSync(directory).map((name) => join(directory, name));
  });
}

/** Checks the inputs of a kind. */
export function measureUnknown(kind: string): UnknownCalls {
  const reports = inputsOf(kind).map((input) => check(readInput(input)));
  const unknown = reports.flatMap(unknownIn);
  const pipelines = reports.reduce((sum, report) => sum + report.pipelines.length, 0);
  return { pipelines, average: unknown.length / pipelines, reasons: countReasons(unknown) };
}

function unknownIn({ pipelines }: CheckReport): Finding[] {
  return pipelines.flatMap(({ findings }) => findings.filter(({ verdict }) => verdict === 'UNKNOWN'));
}

function countReasons(findings: readonly Finding[]) {
  const counts = new Map<string, number>();
  for (const { why, doubts } of findings) {
    const reasons = doubts.length > 0 ? doubts.map((doubt) => doubt.why) : [why];
    for (const reason of new Set(reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

function main() {
  for (const kind of Object.keys(MEASURED)) {
    const { pipelines, average, reasons } = measureUnknown(kind);
    console.log(`${kind}: ${average.toFixed(2)} unknown per pipeline, ${pipelines} pipelines`);
    for (const [reason, count] of reasons) console.log(`  ${count} ${reason}`);
  }
}

if (require.main === module) main();
