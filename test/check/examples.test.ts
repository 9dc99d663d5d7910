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

// The connection of these is made in the same stack, or told by a parameter only and then taken to be in the account of the stack.
const OF_THE_STACK = [EXAMPLE, 'only a source', 'a connection from a parameter', 'a named new connection'];

/** Of pipelines of this library that may stand in any account; of those whose account is known, all is. */
const UNKNOWN_ANYWHERE: Readonly<Record<string, UnknownClass>> = {
  'same account or not': { calls: ['codeconnections:UseConnection'], places: ALL.filter((name) => !OF_THE_STACK.includes(name)) },
};

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
    expect(unknowns[where].list()).toEqual({ anywhere: UNKNOWN_ANYWHERE, somewhere: {} }[where]);
  });
});
