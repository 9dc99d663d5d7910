import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { denialsOf, UnknownClass, Unknowns, unmodelledOf } from './verdicts';
import { InputOptions, readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { webApp } from '../helpers/synth';
import { VARIANTS } from '../laws/variants';

const NAMES = Object.keys(VARIANTS);
const EXAMPLE = 'the example';
const ALL = [EXAMPLE, ...NAMES].sort();

// The connection of these is made in the same stack; a parameter tells the ARN of one when the stack is deployed.
const OF_THE_STACK = [EXAMPLE, 'only a source', 'a named new connection'];
const OF_A_PARAMETER = ['a connection from a parameter'];

const connectionsOf = (places: string[]): Readonly<Record<string, UnknownClass>> => ({
  'same account or not': { calls: ['codeconnections:UseConnection'], places },
});

/** Of pipelines of this library that may stand in any account, or in a known one: whose the connection is. */
const UNKNOWN = { anywhere: connectionsOf(ALL.filter((name) => !OF_THE_STACK.includes(name))), somewhere: connectionsOf(OF_A_PARAMETER) };

const unknowns = { anywhere: new Unknowns(), somewhere: new Unknowns() };

/** What this library makes has to pass its own check. */
function judge(where: keyof typeof unknowns, name: string, directory: string, options: InputOptions = {}) {
  const report = check(readInput(directory, options));
  expect(denialsOf(report)).toEqual([]);
  expect(unmodelledOf(report)).toEqual([]);
  expect(report.pipelines.map(({ calls }) => calls.allowed > 15)).toEqual([true]);
  unknowns[where].add(name, report);
}

test.each([
  ['anywhere', {}],
  ['somewhere', { account: '111111111111', region: 'eu-west-1' }],
] as const)('the example of the repository, %s', (where, options) => {
  const { CDK_OUTDIR } = process.env;
  process.env.CDK_OUTDIR = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    jest.isolateModules(() => jest.requireActual('../../examples/web-app')); // synthesizes while it is loaded
    judge(where, EXAMPLE, process.env.CDK_OUTDIR, options);
  } finally {
    if (CDK_OUTDIR === undefined) delete process.env.CDK_OUTDIR;
    else process.env.CDK_OUTDIR = CDK_OUTDIR;
  }
}, 60_000);

describe.each([
  ['anywhere', undefined],
  ['somewhere', { account: '111111111111', region: 'eu-west-1' }],
] as const)('%s', (where, env) => {
  test.each(NAMES)('%s', (name) => {
    judge(where, name, webApp(VARIANTS[name], { stack: { env } }).app.synth().directory);
  }, 30_000);

  test('what cannot be known is what it was', () => {
    expect(unknowns[where].list()).toEqual(UNKNOWN[where]);
  });
});
