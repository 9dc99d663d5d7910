import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, aws_iam as iam, aws_s3 as s3, aws_sns as sns, CfnOutput, NestedStack, Stack } from 'aws-cdk-lib';
import { AssemblyStack, NestedTemplate, readAssembly } from '../../src/assembly/cloud-assembly';
import { placeholderName } from '../../src/assembly/physical-names';
import { ResourceModel } from '../../src/assembly/resource-model';
import { Template, UnreadableInput } from '../../src/assembly/template';
import { ends } from '../helpers/ends';
import { anywhere, EU, PROD, scopesOf, stackOf, TOOLS, US } from '../helpers/stacks';

/** The assembly of an app, as the CLI has it written. */
function synth(fill: (app: App) => void): AssemblyStack[] {
  const app = new App({
    outdir: mkdtempSync(join(tmpdir(), 'world-')),
    context: { 'aws:cdk:enable-asset-metadata': true },
  });
  fill(app);
  return readAssembly(app.synth().directory);
}

function topic(properties: object = {}, more: object = {}) {
  return { Type: 'AWS::SNS::Topic', Properties: { ...properties }, ...more };
}

function namesIn(stack: AssemblyStack) {
  return scopesOf(stack)
    .model.resources('AWS::SNS::Topic')
    .map(({ name }) => name);
}

function told(value: unknown, stack: AssemblyStack) {
  const { model, scopes } = scopesOf(stack);
  return model.unknowns.show(JSON.stringify(scopes.Tools.resolve(value)));
}

describe('names', () => {
  function bucket(properties: object) {
    return stackOf({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { ...properties } } } });
  }

  function arnsIn(stack: AssemblyStack) {
    const {
      scopes: { Tools },
    } = scopesOf(stack);
    const { name, arn } = Tools.resources.get('Bucket')!;
    const references = [
      { Ref: 'Bucket' },
      { 'Fn::GetAtt': ['Bucket', 'Arn'] },
      { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' },
    ];
    return { name, arn, resolved: Tools.resolve(references) };
  }

  test('are the explicit names of the template', () => {
    expect(arnsIn(bucket({ BucketName: { 'Fn::Sub': '${AWS::StackName}-store' } }))).toEqual({
      name: 'Tools-store',
      arn: 'arn:aws:s3:::Tools-store',
      resolved: ['Tools-store', 'arn:aws:s3:::Tools-store', 'arn:aws:s3:::Tools-store/*'],
    });
  });

  test.each([
    ['no', {}],
    ['an empty', { BucketName: '' }],
  ])('are deterministic placeholders if the template has %s name', (_, properties) => {
    const name = placeholderName('AWS::S3::Bucket', {
      stackName: 'Tools',
      logicalId: 'Bucket',
      account: TOOLS,
      region: EU,
    });
    const arn = `arn:aws:s3:::${name}`;
    expect(arnsIn(bucket(properties))).toEqual({ name, arn, resolved: [name, arn, `${arn}/*`] });
    expect(arnsIn(bucket(properties))).toEqual(arnsIn(bucket(properties)));
  });

  test('are shown by logical ids if they are placeholders', () => {
    const {
      model,
      scopes: { Tools },
    } = scopesOf(bucket({}), stackOf({}, { stackName: 'Other' }));
    const arn = Tools.resolve({ 'Fn::Sub': '${Bucket.Arn}/*' }) as string;
    expect(model.show(arn)).toBe('arn:aws:s3:::${Bucket}/*');
    expect(model.pattern(arn, Tools)).toBe('arn:aws:s3:::${Bucket}/*');
    expect(model.pattern(arn, undefined)).not.toContain('${');
  });

  test('identify resources within their account and Region', () => {
    function news(id: string, more: Partial<AssemblyStack> = {}) {
      return stackOf({ Resources: { [id]: topic({ TopicName: 'news' }) } }, more);
    }

    const { model, scopes } = scopesOf(news('A'), news('B', { stackName: 'Prod', account: PROD }));
    expect(model.find(`arn:aws:sns:${EU}:${PROD}:news`)?.logicalId).toBe('B');
    expect(model.findNamed('AWS::SNS::Topic', 'news', scopes.Tools)?.logicalId).toBe('A');
    expect(model.findNamed('AWS::SNS::Topic', 'news', scopes.Prod)?.logicalId).toBe('B');
    expect(model.findNamed('AWS::SNS::Topic', `arn:aws:sns:${EU}:${TOOLS}:news`, scopes.Prod)?.logicalId).toBe('A');
    for (const name of ['news', `arn:aws:sns:${EU}:${TOOLS}:news`]) {
      expect(model.findNamed('AWS::SQS::Queue', name, scopes.Tools)).toBeUndefined();
    }
    expect(model.findNamed('AWS::SNS::Topic', 'news', { account: TOOLS, region: US })).toBeUndefined();
  });
});

describe('conditions', () => {
  function stack(...resources: Array<[string, string]>) {
    return stackOf({
      Parameters: { Stage: { Type: 'String' } },
      Conditions: {
        Yes: { 'Fn::Equals': ['a', 'a'] },
        No: { 'Fn::Equals': ['a', 'b'] },
        Maybe: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
      },
      Resources: Object.fromEntries(resources.map(([id, Condition]) => [id, topic({}, { Condition })])),
    });
  }

  test('remove resources, or make their existence unknown', () => {
    const { model, scopes } = scopesOf(stack(['A', 'Yes'], ['B', 'No'], ['C', 'Maybe'], ['D', 'Undeclared']));
    expect(model.resources('AWS::SNS::Topic').map(({ logicalId, exists }) => `${logicalId} ${exists}`)).toEqual([
      'A yes',
      'C unknown',
      'D unknown',
    ]);
    expect(model.unknowns.show(scopes.Tools.resolve({ Ref: 'B' }) as string)).toBe(
      '<Ref of B, which is not in stack Tools>',
    );
  });

  test('are evaluated with the provided parameters', () => {
    function given(Stage: string) {
      return { ...stack(['C', 'Maybe']), parameters: { Stage } };
    }

    expect(
      scopesOf(given('prod'))
        .model.resources('AWS::SNS::Topic')
        .map(({ exists }) => exists),
    ).toEqual(['yes']);
    expect(scopesOf(given('dev')).model.resources('AWS::SNS::Topic')).toEqual([]);
  });
});

test.each<[declaration: Record<string, unknown>, given: string | undefined, value: string]>([
  [{ Type: 'String' }, undefined, '"<parameter P of stack Tools>"'],
  [{ Type: 'String' }, 'x', '"x"'],
  [{ Type: 'String', Default: 'd' }, undefined, '"d"'],
  [{ Type: 'String', Default: 'd' }, 'x', '"x"'],
  [{ Type: 'String', Default: 'd' }, '', '""'],
  [{ Type: 'Number', Default: 5 }, undefined, '5'],
  [{ Type: 'CommaDelimitedList', Default: 'a, b' }, undefined, '["a","b"]'],
  [{ Type: 'CommaDelimitedList' }, 'c', '["c"]'],
  [{ Type: 'List<Number>', Default: '1,2' }, undefined, '["1","2"]'],
  [{ Type: 'AWS::EC2::VPC::Id', Default: 'vpc-1' }, undefined, '"vpc-1"'],
  [{}, 'x', '"x"'],
  // What a parameter of the Systems Manager holds is resolved when the stack is deployed.
  [{ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }, undefined, '"<parameter P of stack Tools>"'],
  [{ Type: 'AWS::SSM::Parameter::Value<List<String>>' }, '/a', '"<parameter P of stack Tools>"'],
])('evaluates a parameter %j with the value %j to %s', (declaration, given, value) => {
  expect(
    told(
      { Ref: 'P' },
      stackOf({ Parameters: { P: declaration } }, { parameters: given === undefined ? {} : { P: given } }),
    ),
  ).toBe(value);
});

describe('nested stacks', () => {
  test('have parameters and outputs at all levels', () => {
    const stacks = synth((app) => {
      const stack = new Stack(app, 'Top', { env: { account: TOOLS, region: EU } });
      const outer = new NestedStack(stack, 'Outer');
      const inner = new NestedStack(outer, 'Inner');
      const made = new sns.Topic(inner, 'Made', { topicName: 'made' });
      const key = new iam.Role(stack, 'Role', {
        roleName: 'shop',
        assumedBy: new iam.ServicePrincipal('sns.amazonaws.com'),
      });
      new CfnOutput(inner, 'Down', { value: key.roleArn });
      new sns.Topic(stack, 'Up', { displayName: made.topicArn });
      new sns.Topic(new NestedStack(stack, 'Sibling'), 'Across', { displayName: made.topicArn });
    });
    const { model, scopes } = scopesOf(...stacks);
    expect(model.stacks).toHaveLength(4);
    const names = model.resources('AWS::SNS::Topic').map(({ properties, arn }) => properties.DisplayName ?? arn);
    expect(names).toEqual(Array(3).fill(`arn:aws:sns:${EU}:${TOOLS}:made`));
    const inner = Object.values(scopes).find((scope) => Object.keys(scope.template.Outputs ?? {}).includes('Down'))!;
    expect(inner.output('Down')).toBe(`arn:aws:iam::${TOOLS}:role/shop`);
    expect(inner.displayName).toMatch(/^Top\/Outer\w+\/Inner\w+$/);
    expect([inner.account, inner.region]).toEqual([TOOLS, EU]);
  });

  function nested(template: Template): NestedTemplate {
    return { template: { Resources: {}, ...template }, nested: {} };
  }

  function stackResource(Parameters: object = {}, more: object = {}) {
    return { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters }, ...more };
  }

  const P: Template['Parameters'] = { P: { Type: 'String', Default: 'default' } };

  test('use the passed values, then the defaults', () => {
    const Resources = { A: stackResource({ P: { Ref: 'AWS::Region' } }), B: stackResource() };
    const { scopes } = scopesOf(
      stackOf({ Resources }, { nested: { A: nested({ Parameters: P }), B: nested({ Parameters: P }) } }),
    );
    expect([scopes['Tools/A'].ref('P'), scopes['Tools/B'].ref('P')]).toEqual([EU, 'default']);
    expect(scopes.Tools.unreadNested()).toEqual([]);
  });

  const halfRead = stackOf(
    { Resources: { A: stackResource(), B: stackResource() } },
    { nested: { B: nested({ Outputs: { Bad: null } }) } },
  );

  test('have unknown outputs without a template', () => {
    expect(scopesOf(halfRead).scopes.Tools.unreadNested()).toEqual(['A']);
    expect(told([{ 'Fn::GetAtt': ['A', 'Outputs.X'] }], halfRead)).toBe('["<Outputs.X of A in stack Tools>"]');
  });

  test.each(['X', 'Bad'])('have an unknown value for a missing output %s', (output) => {
    expect(told([{ 'Fn::GetAtt': ['B', `Outputs.${output}`] }], halfRead)).toBe(
      `["<Outputs.${output} of B in stack Tools>"]`,
    );
  });

  test('are absent if their condition is false', () => {
    const template = {
      Conditions: { No: { 'Fn::Equals': [1, 2] } },
      Resources: { A: stackResource({}, { Condition: 'No' }) },
    };
    expect(namesIn(stackOf(template, { nested: { A: nested({ Resources: { T: topic() } }) } }))).toEqual([]);
  });

  function keptBy(order: readonly string[]) {
    function inner(Condition?: string) {
      return nested({
        Parameters: { Mode: { Type: 'String' } },
        Conditions: { On: { 'Fn::Equals': [{ Ref: 'Mode' }, 'on'] } },
        Outputs: { Mode: { Value: 'off' } },
        Resources: { T: topic({}, Condition === undefined ? {} : { Condition }) },
      });
    }

    const all: Record<string, NestedTemplate> = { Reads: inner('On'), Tells: inner() };
    const Resources = {
      Reads: stackResource({ Mode: { 'Fn::GetAtt': ['Tells', 'Outputs.Mode'] } }),
      Tells: stackResource({ Mode: 'x' }),
    };
    const { scopes } = scopesOf(
      stackOf({ Resources }, { nested: Object.fromEntries(order.map((id) => [id, all[id]])) }),
    );
    return [...scopes['Tools/Reads'].resources.keys()];
  }

  test('evaluate conditions with values of an earlier stack', () => expect(keptBy(['Tells', 'Reads'])).toEqual([]));
  test('evaluate conditions with values of a later stack', () => expect(keptBy(['Reads', 'Tells'])).toEqual([]));
});

describe('cross-stack values', () => {
  test('within an environment', () => {
    const stacks = synth((app) => {
      const bucket = new s3.Bucket(new Stack(app, 'Data', { env: { account: TOOLS, region: EU } }), 'Bucket');
      new sns.Topic(new Stack(app, 'App', { env: { account: TOOLS, region: EU } }), 'Topic', {
        displayName: bucket.bucketArn,
      });
    });
    const { model } = scopesOf(...stacks);
    expect(model.resources('AWS::SNS::Topic')[0].properties.DisplayName).toBe(
      model.resources('AWS::S3::Bucket')[0].arn,
    );
  });

  function crossRegion(app: App, account: string) {
    const data = new Stack(app, `Data${account}`, {
      stackName: 'Data',
      env: { account, region: EU },
      crossRegionReferences: true,
    });
    const user = new Stack(app, `App${account}`, {
      stackName: 'App',
      env: { account, region: US },
      crossRegionReferences: true,
    });
    const bucket = new s3.Bucket(data, 'Bucket');
    new sns.Topic(user, 'Topic', { displayName: bucket.bucketArn, topicName: `of-${account}` });
  }

  function meet(stacks: readonly AssemblyStack[]) {
    const { model } = scopesOf(...stacks);

    function arnOf(account: string) {
      return model.resources('AWS::S3::Bucket').find(({ stack }) => stack.account === account)?.arn;
    }

    return model
      .resources('AWS::SNS::Topic')
      .map(({ properties, stack }) => [properties.DisplayName, arnOf(stack.account)]);
  }

  test('across Regions with the custom resources of CDK', () => {
    const stacks = synth((app) => crossRegion(app, TOOLS));
    const types = stacks.flatMap(({ template }) => Object.values(template.Resources ?? {}).map(({ Type }) => Type));
    expect(types).toEqual(
      expect.arrayContaining(['Custom::CrossRegionExportWriter', 'Custom::CrossRegionExportReader']),
    );
    const [[got, expected]] = meet(stacks);
    expect(expected).toMatch(/^arn:aws:s3:::/);
    expect(got).toBe(expected);
  });

  test('across Regions in two accounts with equal stack names', () => {
    const values = meet(synth((app) => [TOOLS, PROD].forEach((account) => crossRegion(app, account))));
    for (const [got, expected] of values) expect(got).toBe(expected);
  });

  test('of environment-agnostic stacks', () => {
    const user = topic({ DisplayName: { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:news' } });
    const stacks = [
      stackOf({ Resources: { A: topic({ TopicName: 'news' }) } }),
      stackOf({ Resources: { B: user } }, { stackName: 'B' }),
    ];
    const { model } = scopesOf(...stacks.map(anywhere));
    expect(model.find(model.resources('AWS::SNS::Topic')[1].properties.DisplayName as string)?.logicalId).toBe('A');
  });

  test('are unknown without an export', () => {
    const reader = stackOf({ Resources: { Reader: { Type: 'Custom::CrossRegionExportReader', Properties: {} } } });
    expect(told({ 'Fn::GetAtt': ['Reader', '/cdk/exports/x'] }, reader)).toBe(
      '"</cdk/exports/x of Reader in stack Tools>"',
    );
  });
});

describe('hostile templates', () => {
  /** The error, which must come, and in one line. */
  function refusal(stack: AssemblyStack) {
    let error: unknown;
    ends(() => {
      try {
        for (const { properties } of new ResourceModel([stack]).resources('AWS::SNS::Topic')) void properties;
      } catch (thrown) {
        error = thrown;
      }
    });
    expect(error).toBeInstanceOf(UnreadableInput);
    expect((error as Error).message).toMatch(/^\P{C}{1,1000}$/u);
    return (error as Error).message;
  }

  function att(id: string) {
    return { 'Fn::GetAtt': [id, 'TopicName'] };
  }

  test.each<[string, Template['Resources']]>([
    ['a name that is itself', { A: topic({ TopicName: { Ref: 'A' } }) }],
    [
      'names of each other',
      { A: topic({ TopicName: att('B') }), B: topic({ TopicName: { 'Fn::Sub': 'x${A.TopicName}' } }) },
    ],
    [
      'dependencies',
      { A: topic({}, { DependsOn: 'B' }), B: topic({}, { DependsOn: ['C'] }), C: topic({ DisplayName: { Ref: 'A' } }) },
    ],
  ])('rejects a cycle of %s', (_, Resources) =>
    expect(refusal(stackOf({ Resources }))).toMatch(/^stack Tools .*circular dependency: .*A → /),
  );

  test('rejects cycles of conditions, outputs and nested stacks', () => {
    const circle = {
      Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } },
      Resources: { T: topic({}, { Condition: 'A' }) },
    };
    expect(refusal(stackOf(circle))).toContain('stack Tools has a circular reference: ');

    function exported(name: string, value: string) {
      return { Value: { 'Fn::ImportValue': value }, Export: { Name: name } };
    }

    const Outputs = { A: exported('a', 'b'), B: exported('b', 'a') };
    expect(
      refusal(stackOf({ Outputs, Resources: { T: topic({ DisplayName: { 'Fn::ImportValue': 'a' } }) } })),
    ).toContain('has a circular reference: ');
    const given = { Ref: 'P' };
    const passed = {
      Parameters: { P: { Type: 'String' } },
      Outputs: { O: { Value: given } },
      Resources: { T: topic({ DisplayName: given }) },
    };
    const N = {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { Parameters: { P: { 'Fn::GetAtt': ['N', 'Outputs.O'] } } },
    };
    expect(refusal(stackOf({ Resources: { N } }, { nested: { N: { template: passed, nested: {} } } }))).toContain(
      'its resources have a circular dependency: N → N',
    );
  });

  /** Topics, each named after the next. */
  function chain(length: number, name: (next: string) => unknown): Template['Resources'] {
    return Object.fromEntries(
      Array.from({ length }, (_, i) => [`T${i}`, topic({ TopicName: i === length - 1 ? 'ab' : name(`T${i + 1}`) })]),
    );
  }

  test('rejects a long chain of references', () => {
    expect(namesIn(stackOf({ Resources: chain(60, att) }))).toEqual(Array(60).fill('ab'));
    expect(refusal(stackOf({ Resources: chain(400, att) }))).toMatch(
      /^stack Tools has a chain of more than \d+ references; shorten the chain$/,
    );
  });

  test.each<[string, (next: string) => unknown]>([
    ['Fn::Sub', (next) => ({ 'Fn::Sub': `\${${next}.TopicName}\${${next}.TopicName}` })],
    ['Fn::Join', (next) => ({ 'Fn::Join': ['', [att(next), att(next)]] })],
    ['variables of Fn::Sub', (next) => ({ 'Fn::Sub': ['${a}${a}', { a: att(next) }] })],
  ])('rejects names that double each other with %s', (_, name) =>
    expect(refusal(stackOf({ Resources: chain(60, name) }))).toContain('expand to too much text'),
  );

  test.each<[string, unknown, Template['Resources']?]>([
    [
      'named after the next',
      att('T0'),
      chain(18, (next) => ({
        'Fn::If': ['Maybe', { 'Fn::Sub': `a\${${next}.TopicName}` }, { 'Fn::Sub': `b\${${next}.TopicName}` }],
      })),
    ],
    [
      'parts of one text',
      { 'Fn::Select': [9, { 'Fn::Split': [',', { 'Fn::Join': ['', [{ Ref: 'Open' }, ','.repeat(5_000)]] }] }] },
    ],
  ])('limits the description of an unknown value: %s', (_, value, Resources = {}) => {
    expect(told(value, stackOf({ Parameters: { Open: { Type: 'String' } }, Resources })).length).toBeLessThan(5_000);
  });

  test.each<[string, unknown]>([
    ['joined', { 'Fn::Join': ['', Array(600).fill({ Ref: 'P' })] }],
    ['put in', { 'Fn::Sub': '${P}'.repeat(600) }],
    ['unknown', Array.from({ length: 140_000 }, (_, i) => ({ Ref: `R${i}` }))],
  ])('handles many strings, %s', (_, DisplayName) => {
    refusal(
      stackOf({
        Parameters: { P: { Type: 'String', Default: 'x'.repeat(1_000_000) } },
        Resources: { T: topic({ DisplayName }) },
      }),
    );
  });

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('treats %s like any other name', (name) => {
    function entries(value: unknown) {
      return JSON.parse(`{"${name}":${JSON.stringify(value)}}`) as Record<string, never>;
    }

    const sections = { Outputs: entries({ Value: name }), Parameters: {}, Conditions: {}, Mappings: {} };
    const stack = stackOf({ ...sections, Resources: entries(topic({ TopicName: 'it' })) });
    const {
      model,
      scopes: { Tools },
    } = scopesOf(stack);
    expect(Tools.resolve([{ Ref: name }, { 'Fn::GetAtt': [name, 'TopicName'] }])).toEqual([
      `arn:aws:sns:${EU}:${TOOLS}:it`,
      'it',
    ]);
    expect([Tools.output(name), model.find(name), model.exportValue(name, TOOLS, EU)]).toEqual([
      name,
      undefined,
      undefined,
    ]);
    const {
      scopes: { Tools: empty },
    } = scopesOf(stackOf({}));
    expect(empty.condition(name)).toBe('unknown');
    expect([empty.output(name), empty.mapping(name, name, name), empty.resources.get(name)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(told([{ Ref: name }], stackOf({}))).toBe(`["<Ref of ${name}, which is not in stack Tools>"]`);
    expect(told([{ 'Fn::GetAtt': [name, name] }], stackOf({}))).toBe(`["<${name} of ${name} in stack Tools>"]`);
  });
});
