import * as fc from 'fast-check';
import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { readInput } from '../../src/assembly/input';
import { asTemplate, Template, UnreadableInput } from '../../src/assembly/template';
import { check } from '../../src/check/check';
import { reportJson } from '../../src/check/report/json';
import { reportText } from '../../src/check/report/text';
import { plainAssembly } from '../evidence/plain-assembly';

function assembly(name: string) {
  return readInput(plainAssembly(name));
}

const ASSEMBLIES = ['same-account-key', 'cross-both', 'deploys', 'cdk-cross-account', 'sources', 'invokes'].map(
  assembly,
);

/** Lists values of unexpected types in templates. */
const INTRUDERS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  '*',
  'arn:',
  'arn:aws:iam::111111111111:role/',
  ':::::',
  '${',
  '${}',
  '${A.B.C}',
  '#{',
  [],
  [[]],
  [null],
  {},
  { 'Fn::If': [] },
  { 'Fn::If': ['No', 1, 2] },
  { Ref: 'AWS::NoValue' },
  { Ref: 'Nobody' },
  { Ref: 7 },
  { Ref: { Ref: 'A' } },
  { 'Fn::GetAtt': [] },
  { 'Fn::GetAtt': 'Nobody' },
  { 'Fn::GetAtt': ['Nobody', { Ref: 'B' }] },
  { 'Fn::Join': 'x' },
  { 'Fn::Join': ['', { Ref: 'Nobody' }] },
  { 'Fn::Sub': [] },
  { 'Fn::Sub': ['${x}', null] },
  { 'Fn::Sub': '${__proto__}${constructor.name}' },
  { 'Fn::Select': ['length', []] },
  { 'Fn::Select': [99, ['a']] },
  { 'Fn::Split': [] },
  { 'Fn::FindInMap': [] },
  { 'Fn::FindInMap': ['__proto__', 'constructor', 'name'] },
  { 'Fn::ImportValue': null },
  { 'Fn::GetStackOutput': null },
  { 'Fn::GetStackOutput': { StackName: {} } },
  { 'Fn::Base64': {} },
  { 'Fn::Transform': {} },
  { 'Fn::Length': 3 },
  { 'Fn::ToJsonString': null },
  { Statement: 'x' },
  { Statement: [null, 1, 'x', { Effect: 'Allow' }, { Effect: 'Maybe', Action: '*' }] },
  { ['__proto__']: { polluted: true } },
];

/** Paths of all values below a value. */
function paths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key]))];
}

/** A copy with one value replaced. */
function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: any = Array.isArray(value) ? [...value] : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

test('terminates for any template, and reports problems in one line', () => {
  const places = ASSEMBLIES.map((stacks) =>
    stacks.map(({ template }) => paths(template.Resources).filter((path) => path.length > 0)),
  );
  let unreadable = 0;
  const replacements = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...INTRUDERS)), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.nat(), replacements, (seed, changes) => {
      const at = seed % ASSEMBLIES.length;
      const stacks: AssemblyStack[] = [...ASSEMBLIES[at]];
      for (const [which, where, intruder] of changes) {
        const index = which % stacks.length;
        const choices = places[at][index];
        const path = choices[where % choices.length];
        const template = {
          ...stacks[index].template,
          Resources: replaced(stacks[index].template.Resources, path, intruder),
        } as Template;
        stacks[index] = { ...stacks[index], template };
      }
      try {
        const report = check(stacks.map((stack) => ({ ...stack, template: asTemplate(stack.template, 'x') })));
        expect(reportText(report)).not.toMatch(/[\u{f0000}-\u{10fffd}]|undefined|\[object/u);
        JSON.parse(reportJson(report));
      } catch (error) {
        if (!(error instanceof UnreadableInput)) throw error;
        expect(error.message).not.toContain('\n');
        unreadable++;
      }
    }),
    { numRuns: Number(process.env.HOSTILE_RUNS ?? 600) },
  );
  expect(unreadable).toBeGreaterThan(3);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
}, 120_000);
