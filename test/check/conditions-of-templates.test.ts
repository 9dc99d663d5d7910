import type { Template } from '../../src/assembly/template';
import { check } from '../../src/check/check';
import { allow, document, smallPipeline } from '../helpers/small-pipeline';

/** The small pipeline, whose role has other policies, under conditions of a parameter without a value. */
function verdicts(policies: unknown, parameters: Readonly<Record<string, string>> = {}) {
  const [tools, prod] = smallPipeline(({ Role, RolePolicy }) => {
    const [source, store, publish, assume] = RolePolicy.Properties.PolicyDocument.Statement as object[];
    RolePolicy.Properties.PolicyDocument.Statement = [source, store, assume];
    Role.Properties.Policies = JSON.parse(JSON.stringify(policies).replaceAll('"publish"', JSON.stringify(publish)));
  });
  const template = {
    ...tools.template,
    Parameters: { Stage: { Type: 'String' }, Other: { Type: 'String' } },
    Conditions: {
      IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      IsTest: { 'Fn::Equals': ['test', { Ref: 'Stage' }] },
      IsNeither: { 'Fn::Not': [{ 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsTest' }] }] },
      IsOther: { 'Fn::Equals': [{ Ref: 'Other' }, 'x'] },
    },
  } as Template;
  return check([{ ...tools, template, parameters }, prod])
    .pipelines.flatMap(({ findings }) => findings)
    .filter(({ call }) => call?.includes('sns:Publish'))
    .map(({ verdict, why }) => `${verdict} ${why}`);
}

const NOTHING = { Ref: 'AWS::NoValue' };
const PUBLISH = { PolicyName: 'a', PolicyDocument: document('publish' as unknown as object) };
const OTHER = { PolicyName: 'b', PolicyDocument: document(allow('Other', 's3:ListAllMyBuckets', '*')) };

function either(condition: string, yes: unknown, no: unknown) {
  return { 'Fn::If': [condition, yes, no] };
}

const DEPENDS = [
  expect.stringMatching(/^UNKNOWN the condition IsProd is unknown, and for some values the call is denied/),
];

test.each<[title: string, policies: unknown, expected: readonly unknown[]]>([
  ['an item', [either('IsProd', PUBLISH, PUBLISH)], []],
  ['the list', either('IsProd', [PUBLISH], [OTHER, PUBLISH]), []],
  ['items of opposite conditions', [either('IsProd', PUBLISH, NOTHING), either('IsProd', NOTHING, PUBLISH)], []],
  ['a statement', [{ ...PUBLISH, PolicyDocument: document(either('IsProd', 'publish', 'publish')) }], []],
  ['a nested condition', [either('IsProd', either('IsOther', PUBLISH, PUBLISH), PUBLISH)], []],
  ['an item that one value lacks', [either('IsProd', PUBLISH, NOTHING)], DEPENDS],
  ['the list, which one value lacks', either('IsProd', [PUBLISH], NOTHING), DEPENDS],
  [
    'a statement that one value lacks',
    [{ ...PUBLISH, PolicyDocument: document(either('IsProd', 'publish', NOTHING)) }],
    DEPENDS,
  ],
  [
    'values that exclude each other',
    [either('IsProd', PUBLISH, NOTHING), either('IsTest', PUBLISH, NOTHING), either('IsNeither', PUBLISH, NOTHING)],
    [],
  ],
  ['nothing for any value', [either('IsProd', OTHER, NOTHING)], [expect.stringMatching(/^DENIED/)]],
])('policies under a condition: %s', (_, policies, expected) => expect(verdicts(policies)).toEqual(expected));

test('a known parameter decides', () => {
  const policies = [either('IsProd', PUBLISH, NOTHING)];
  expect(verdicts(policies, { Stage: 'prod' })).toEqual([]);
  expect(verdicts(policies, { Stage: 'test' })).toEqual([expect.stringMatching(/^DENIED/)]);
});

test('the permissions of an unknown policy are unknown', () => {
  expect(verdicts([{ 'Fn::Transform': { Name: 'Macro' } }])).toEqual([expect.stringMatching(/^UNKNOWN .*unknown/)]);
});
