import { basename } from 'node:path';
import { denialsOf } from './verdicts';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { inputsOf, measureUnknown } from '../evidence/unknown-calls';

describe('reports few unknown calls for pipelines that this library did not make', () => {
  test.each([
    ['CDK', 1, 30],
    ['hand-written', 5, 10],
  ])('%s: at most %d per pipeline', (kind, limit, atLeast) => {
    const { pipelines, average } = measureUnknown(kind);
    expect(pipelines).toBeGreaterThan(atLeast);
    expect(average).toBeLessThanOrEqual(limit);
  });
});

/** Lists the calls in templates that are written by hand which AWS would deny. The others are allowed or unknown. */
const DENIED: Readonly<Record<string, readonly string[]>> = {
  // AWS lists the permission, and denials of sources with a connection are reported.
  'ecs-from-github.yaml': ['warning App: CodePipelineServiceRole s3:PutObjectAcl'],
};

test('denies no other call of templates that are written by hand', () => {
  const denied = inputsOf('hand-written').map((file) => [basename(file), denialsOf(check(readInput(file)))] as const);
  expect(Object.fromEntries(denied.filter(([, calls]) => calls.length > 0))).toEqual(DENIED);
});
