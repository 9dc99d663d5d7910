import { parseTemplate } from '../../src/assembly/template';
import { check } from '../../src/check/check';
import { stackOf } from '../helpers/stacks';

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

function action(Category: string, Provider: string, Configuration: object, more: object) {
  return { Name: Provider, ActionTypeId: { Category, Owner: 'AWS', Provider, Version: '1' }, Configuration, ...more };
}

/** A pipeline whose role has no policies. */
const RESOURCES = {
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } },
  Bucket: { Type: 'AWS::S3::Bucket' },
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: {
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ArtifactStore: { Type: 'S3', Location: { Ref: 'Bucket' } },
      Stages: [
        {
          Name: 'Source',
          Actions: [action('Source', 'ECR', { RepositoryName: 'r' }, { OutputArtifacts: [{ Name: 'A' }] })],
        },
      ],
    },
  },
};

function findingsOf(template: object) {
  const { pipelines } = check([stackOf(parseTemplate(JSON.stringify(template), 'template.json'))]);
  return pipelines.flatMap(({ findings }) => findings);
}

function verdicts(template: object) {
  const permissions = findingsOf(template).filter(({ verdict }) => verdict !== 'NON_COMPLIANT');
  return [...new Set(permissions.map(({ verdict, why }) => `${verdict} ${why}`))];
}

const DENIED = 'DENIED no statement allows the call';

function perhaps(name: string) {
  return `UNKNOWN macros can change the policies: ${name} in Tools`;
}

const POLICIES = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/policies.yaml' } } };
const INCLUDED = { ...RESOURCES.Role, Properties: { ...RESOURCES.Role.Properties, ...POLICIES } };
const ALLOWED = { ...RESOURCES.Role.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] };
const LOOP = [
  'Name',
  ['Role', 'Other'],
  { '${Name}': { Type: 'AWS::IAM::Role', Properties: { ...ALLOWED, Description: { 'Fn::Sub': 'of ${Name}' } } } },
];

test.each<[title: string, template: object, expected: readonly string[]]>([
  ['no macro', {}, [DENIED]],
  ['the macro of the Serverless Application Model', { Transform: 'AWS::Serverless-2016-10-31' }, [DENIED]],
  ['language extensions', { Transform: ['AWS::LanguageExtensions'] }, [DENIED]],
  ['an own macro', { Transform: ['Own'] }, [perhaps('Own')]],
  ['an own macro beside one of AWS', { Transform: ['AWS::LanguageExtensions', 'Own'] }, [perhaps('Own')]],
  ['an included file', { Transform: { Name: 'AWS::Include' } }, [perhaps('AWS::Include')]],
  ['properties of a file', { Resources: { ...RESOURCES, Role: INCLUDED } }, [perhaps('AWS::Include')]],
  [
    'resources of a file',
    { Resources: { ...RESOURCES, 'Fn::Transform': { Name: 'AWS::Include' } } },
    [perhaps('AWS::Include')],
  ],
  [
    'a loop over a list',
    { Transform: 'AWS::LanguageExtensions', Resources: { ...RESOURCES, Role: undefined, 'Fn::ForEach::Roles': LOOP } },
    [],
  ],
  [
    'a loop over a parameter without a value',
    {
      Transform: 'AWS::LanguageExtensions',
      Parameters: { Names: { Type: 'CommaDelimitedList' } },
      Resources: { ...RESOURCES, 'Fn::ForEach::Roles': ['Name', { Ref: 'Names' }, LOOP[2]] },
    },
    [perhaps('Fn::ForEach::Roles')],
  ],
])('with %s', (_, more, expected) => {
  const { length } = expected;
  const actual = verdicts({ Resources: RESOURCES, ...more });
  expect(actual).toEqual(length === 0 ? [] : expect.arrayContaining([...expected]));
  expect(actual.some((verdict) => verdict.startsWith('DENIED'))).toBe(expected.includes(DENIED));
});

test('expands nested loops, and the default of a parameter', () => {
  const template = parseTemplate(
    JSON.stringify({
      Transform: 'AWS::LanguageExtensions',
      Parameters: { Stages: { Type: 'CommaDelimitedList', Default: 'test, prod' } },
      Resources: {
        'Fn::ForEach::Stages': [
          'Stage',
          { Ref: 'Stages' },
          {
            'Fn::ForEach::Kinds': [
              'Kind',
              ['a.b'],
              { 'Topic${Stage}&{Kind}': { Type: 'AWS::SNS::Topic', Properties: { TopicName: { Ref: 'Stage' } } } },
            ],
          },
        ],
      },
      Outputs: {
        'Fn::ForEach::Outputs': ['Stage', { Ref: 'Stages' }, { 'Arn${Stage}': { Value: '${Stage}-${Other}' } }],
      },
    }),
    'template.json',
  );
  expect(template).toMatchObject({
    Resources: {
      Topictestab: { Properties: { TopicName: 'test' } },
      Topicprodab: { Properties: { TopicName: 'prod' } },
    },
    Outputs: { Arntest: { Value: 'test-${Other}' }, Arnprod: { Value: 'prod-${Other}' } },
  });
});

test('rejects loops that multiply each other', () => {
  const items = Array.from({ length: 200 }, (_, index) => `i${index}`);

  function loop(fragment: object, name: string) {
    return { [`Fn::ForEach::${name}`]: [name, items, fragment] };
  }

  const Resources = loop(loop({ '${A}${B}': { Type: 'AWS::SNS::Topic' } }, 'B'), 'A');
  expect(() => parseTemplate(JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources }), 'x')).toThrow(
    'x is not a valid template: its loops must have at most 10000 items; split it',
  );
});

test('finds a reference that no loop creates', () => {
  const Outputs = { Arn: { Value: { Ref: 'Missing' } } };
  const findings = findingsOf({ Transform: 'AWS::LanguageExtensions', Resources: RESOURCES, Outputs });
  expect(findings.filter(({ id }) => id.startsWith('MissingReference['))).toHaveLength(1);
  expect(findingsOf({ Transform: 'Own', Resources: RESOURCES, Outputs }).map(({ id }) => id)).not.toContainEqual(
    expect.stringMatching(/^MissingReference/),
  );
});
