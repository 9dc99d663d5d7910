import { equals, matches } from '../../src/assembly/match';
import type { Template } from '../../src/assembly/template';
import { hasUnknown } from '../../src/assembly/unknown';
import { anywhere, EU, PROD, scopesOf, stackOf, TOOLS, US } from '../helpers/stacks';

/** A stack with something of every kind to refer to. */
const TEMPLATE: Template = {
  Parameters: {
    Given: { Type: 'String' },
    Default: { Type: 'String', Default: 'main' },
    Open: { Type: 'String' },
    Other: { Type: 'String' },
    Names: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
    Subnets: { Type: 'List<AWS::EC2::Subnet::Id>' },
    Looked: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/vpc/id' },
  },
  Mappings: { Ports: { dev: { http: 8080, list: ['x', 'y'] }, prod: { http: 80 } } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Default' }, 'main'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Maybe: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] },
  },
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Name: 'nightly', EventBusName: 'orders' } },
    Custom: { Type: 'Custom::Thing' },
  },
};
const STACK = stackOf(TEMPLATE, { parameters: { Given: 'given' } });
const TOPIC = `arn:aws:sns:${EU}:${TOOLS}:news`;

/** Returns an evaluated value with descriptions of its unknown parts. */
function shown(value: unknown, stack = STACK): unknown {
  const { model, scopes } = scopesOf(stack);

  function show(one: unknown) {
    return typeof one === 'string' ? model.unknowns.show(one) : one;
  }

  return JSON.parse(JSON.stringify(scopes.Tools.resolve(value) ?? null), (_, one: unknown) => show(one)) as unknown;
}

function ref(name: string) {
  return { Ref: name };
}

function att(...path: string[]) {
  return { 'Fn::GetAtt': path };
}

function join(delimiter: unknown, ...items: unknown[]) {
  return { 'Fn::Join': [delimiter, items] };
}

function split(delimiter: unknown, text: unknown) {
  return { 'Fn::Split': [delimiter, text] };
}

function select(index: unknown, items: unknown) {
  return { 'Fn::Select': [index, items] };
}

function sub(text: string, variables?: object) {
  return { 'Fn::Sub': variables ? [text, variables] : text };
}

function choose(condition: string, yes: unknown, no: unknown) {
  return { 'Fn::If': [condition, yes, no] };
}

function find(...path: unknown[]) {
  return { 'Fn::FindInMap': path };
}

const NOTHING = ref('AWS::NoValue');
const OPEN = '<parameter Open of stack Tools>';

describe('known values', () => {
  test.each<[value: unknown, result: unknown]>([
    [ref('AWS::AccountId'), TOOLS],
    [ref('AWS::Region'), EU],
    [ref('AWS::Partition'), 'aws'],
    [ref('AWS::URLSuffix'), 'amazonaws.com'],
    [ref('AWS::StackName'), 'Tools'],
    [ref('AWS::NotificationARNs'), []],
    [NOTHING, null],
    [ref('Given'), 'given'],
    [ref('Default'), 'main'],
    [ref('Names'), ['a', 'b', 'c']],
    [ref('Topic'), TOPIC],
    [ref('Rule'), 'orders|nightly'],

    [att('Topic', 'TopicName'), 'news'],
    [{ 'Fn::GetAtt': 'Topic.TopicName' }, 'news'],
    [att('Rule', 'Arn'), `arn:aws:events:${EU}:${TOOLS}:rule/orders/nightly`],
    [{ 'Fn::GetAtt': ['Topic', sub('Topic${What}', { What: 'Name' })] }, 'news'],

    [sub('${AWS::Region}/${Topic.TopicName}/${Default}'), `${EU}/news/main`],
    [sub('${Own}/${Default}', { Own: join('-', 'a', ref('Given')) }), 'a-given/main'],
    [sub('${Default}', { Default: 'mine' }), 'mine'],
    [sub('${!Literal} ${! Spaced}$'), '${Literal} ${ Spaced}$'],
    [sub('${ Default }'), 'main'],
    [sub('no variables'), 'no variables'],
    [sub('${Own}', { Own: 80 }), '80'],
    [sub('[${Own}]', { Own: '' }), '[]'],

    [join(':', 'a', ref('Default'), 3, true), 'a:main:3:true'],
    [{ 'Fn::Join': [',', ref('Names')] }, 'a,b,c'],
    [join(','), ''],
    [join(',', 'a', NOTHING, 'b'), 'a,b'],
    [{ 'Fn::Join': ['|', split('/', 'a/b')] }, 'a|b'],
    [split('|', ref('Rule')), ['orders', 'nightly']],
    [split(',', 'a'), ['a']],
    [split(',', ''), ['']],
    [split('', 'ab'), ['ab']],
    [select(1, ['a', 'b']), 'b'],
    [select('0', ref('Names')), 'a'],
    [select(5, split(':', ref('Topic'))), 'news'],
    [select(0, [{ a: 1 }]), { a: 1 }],

    [choose('Yes', 'a', 'b'), 'a'],
    [choose('No', 'a', 'b'), 'b'],
    [choose('No', 'a', NOTHING), null],
    [choose('Yes', [ref('Default')], []), ['main']],
    [find('Ports', 'dev', 'http'), 8080],
    [
      find('Ports', ref('Nowhere'), 'http', { DefaultValue: 1 }),
      '<http of <Ref of Nowhere, which is not in stack Tools> in mapping Ports>',
    ],
    [find('Ports', sub('pr${X}', { X: 'od' }), 'http'), 80],
    [find('Ports', 'dev', 'list'), ['x', 'y']],
    [find('Ports', 'test', 'http', { DefaultValue: ref('Default') }), 'main'],
    [find('Ports', 'prod', 'https', { DefaultValue: 443 }), 443],
    [find('Ports', '__proto__', 'toString', { DefaultValue: 'none' }), 'none'],

    [{ 'Fn::Base64': sub('echo ${Default}') }, Buffer.from('echo main').toString('base64')],
    [{ 'Fn::Length': ref('Names') }, 3],
    [{ 'Fn::Length': [] }, 0],
    [{ 'Fn::ToJsonString': { a: ref('Default'), b: [NOTHING, 1], c: NOTHING } }, '{"a":"main","b":[1]}'],
    [
      [1, NOTHING, 'x', choose('No', 1, NOTHING)],
      [1, 'x'],
    ],
    [
      { a: NOTHING, b: null, c: { d: NOTHING } },
      { b: null, c: {} },
    ],
    ['text', 'text'],
    [7, 7],
    [null, null],
    [
      { Ref: 'Default', More: 1 },
      { Ref: 'Default', More: 1 },
    ],
    [{ Key: 'x' }, { Key: 'x' }],
  ])('%j is %j', (value, result) => expect(shown(value)).toEqual(result));

  test.each([
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['eu-west-1', 'aws', 'amazonaws.com'],
  ])('has the partition of %s: %s', (region, partition, suffix) => {
    const topic = `arn:${partition}:sns:${region}:${TOOLS}:news`;
    expect(shown([ref('AWS::Partition'), ref('AWS::URLSuffix'), ref('Topic')], { ...STACK, region })).toEqual([
      partition,
      suffix,
      topic,
    ]);
  });

  test('evaluates a value without changing it, and omits AWS::NoValue', () => {
    const {
      scopes: { Tools },
    } = scopesOf(STACK);
    expect(Object.keys(Tools.resolve({ a: NOTHING, b: choose('No', 1, NOTHING), c: 1 }) as object)).toEqual(['c']);
    expect(Tools.resolve(ref('Open'))).toBe(Tools.resolve(ref('Open')));
    expect(STACK.template).toEqual(TEMPLATE);
  });
});

describe('unknown values', () => {
  test.each<[value: unknown, kind: string, result: unknown]>([
    [ref('AWS::StackId'), 'runtime', `arn:aws:cloudformation:${EU}:${TOOLS}:stack/Tools/<stack id>`],
    [ref('Open'), 'parameter', OPEN],
    [ref('Subnets'), 'parameter', '<parameter Subnets of stack Tools>'],
    [ref('Looked'), 'parameter', '<parameter Looked of stack Tools>'],
    [ref('Missing'), 'attribute', '<Ref of Missing, which is not in stack Tools>'],
    [ref('Custom'), 'attribute', '<Ref of Custom in stack Tools>'],
    [att('Custom', 'Key'), 'attribute', '<Key of Custom in stack Tools>'],
    [att('Topic', 'Nothing'), 'attribute', '<Nothing of Topic in stack Tools>'],
    [att('Missing', 'Arn'), 'attribute', '<Arn of Missing in stack Tools>'],
    [{ 'Fn::GetAtt': 'Custom.A.B' }, 'attribute', '<A.B of Custom in stack Tools>'],
    [sub('a-${Open}-${Default}'), 'parameter', `a-${OPEN}-main`],
    [sub('${X}', { X: ref('Open') }), 'parameter', OPEN],
    [join('/', 'a', ref('Open')), 'parameter', `a/${OPEN}`],
    [{ 'Fn::Join': [',', ref('Subnets')] }, 'function', '<Fn::Join of <parameter Subnets of stack Tools>>'],
    [split('/', ref('Open')), 'function', [`<part 0 of ${OPEN} split at />`]],
    [select(0, split(',', ref('Subnets'))), 'function', '<part 0 of <parameter Subnets of stack Tools> split at ,>'],
    [
      split('/', join('', 'a/', ref('Open'), '/c')),
      'function',
      ['a', `<part 1 of a/${OPEN}/c split at />`, `<part 2 of a/${OPEN}/c split at />`],
    ],
    [select(ref('Open'), ['a']), 'function', `<item ${OPEN} of ["a"]>`],
    [select(2, ['a']), 'function', '<item 2 of ["a"]>'],
    [select('length', ['a']), 'function', '<item length of ["a"]>'],
    [select(0, ref('Subnets')), 'function', '<item 0 of <parameter Subnets of stack Tools>>'],
    [choose('Maybe', 'a', ref('Given')), 'function', '<a or given, depending on condition Maybe>'],
    [choose('Undeclared', 'a', 'b'), 'function', '<a or b, depending on condition Undeclared>'],
    [choose('Maybe', ['a'], NOTHING), 'function', '<["a"] or nothing, depending on condition Maybe>'],
    [find('Ports', ref('Open'), 'http'), 'function', `<http of ${OPEN} in mapping Ports>`],
    [find('Ports', ref('Open'), 'http', { DefaultValue: 1 }), 'function', `<http of ${OPEN} in mapping Ports>`],
    [find('Ports', 'test', 'http'), 'function', '<http of test in mapping Ports>'],
    [find('Nowhere', 'a', 'b'), 'function', '<b of a in mapping Nowhere>'],
    [{ 'Fn::ImportValue': sub('${Default}-Vpc') }, 'import', '<export main-Vpc>'],
    [
      { 'Fn::GetStackOutput': { StackName: 'Db', OutputName: 'Url' } },
      'import',
      `<output Url of stack Db in ${TOOLS}/${EU}>`,
    ],
    [{ 'Fn::Base64': sub('x${Open}') }, 'function', `<base64 of x${OPEN}>`],
    [{ 'Fn::Length': ref('Subnets') }, 'function', '<length of <parameter Subnets of stack Tools>>'],
    [{ 'Fn::GetAZs': '' }, 'function', '<Availability Zones of the Region>'],
    [{ 'Fn::GetAZs': ref('AWS::Region') }, 'function', `<Availability Zones of ${EU}>`],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, 'function', '<Fn::Cidr ["10.0.0.0/16",2,8]>'],
    [{ 'Fn::Transform': { Name: 'Macro' } }, 'function', '<Fn::Transform {"Name":"Macro"}>'],
    [{ 'Fn::OfTheFuture': 1 }, 'function', '<Fn::OfTheFuture 1>'],
    ['a {{resolve:ssm:/db/host}} b', 'dynamic-reference', 'a <{{resolve:ssm:/db/host}}> b'],
    [
      '{{resolve:ssm:a}}{{resolve:secretsmanager:b:SecretString:c}}',
      'dynamic-reference',
      '<{{resolve:ssm:a}}><{{resolve:secretsmanager:b:SecretString:c}}>',
    ],
    [join('', '{{resolve:ssm:', ref('Default'), '}}'), 'dynamic-reference', '<{{resolve:ssm:main}}>'],
    [join(':', '{{resolve', 'ssm', '/x}}'), 'dynamic-reference', '<{{resolve:ssm:/x}}>'],
    [sub('{{resolve:ssm:/${Default}}}'), 'dynamic-reference', '<{{resolve:ssm:/main}}>'],
    [join('', '{{resolve:ssm:', ref('Open'), '}}'), 'dynamic-reference', `<{{resolve:ssm:${OPEN}}}>`],
    [
      { 'Fn::ToJsonString': { a: '{{resolve:ssm:x}}', b: ref('Open') } },
      'dynamic-reference',
      `{"a":"<{{resolve:ssm:x}}>","b":"${OPEN}"}`,
    ],
  ])('%j: %s', (value, kind, result) => {
    const { model, scopes } = scopesOf(STACK);
    const text = JSON.stringify(scopes.Tools.resolve(value));
    expect(model.unknowns.reasonsIn(text)[0].kind).toBe(kind);
    expect(shown(value)).toEqual(result);
  });

  test.each([
    { 'Fn::Join': null },
    { 'Fn::Join': 'x' },
    { 'Fn::Select': [] },
    { 'Fn::Select': null },
    { 'Fn::Split': null },
    { 'Fn::Split': [] },
    { 'Fn::If': null },
    { 'Fn::If': [] },
    { 'Fn::FindInMap': null },
    { 'Fn::FindInMap': [[], {}, null] },
    { 'Fn::Sub': null },
    { 'Fn::Sub': [] },
    { 'Fn::Sub': ['x', null] },
    { 'Fn::Sub': ['${A}', ['x']] },
    { 'Fn::GetAtt': null },
    { 'Fn::GetAtt': [] },
    { 'Fn::GetAtt': {} },
    { 'Fn::GetAtt': 'NoDot' },
    { Ref: null },
    { Ref: ['a'] },
    { 'Fn::ImportValue': null },
    { 'Fn::ImportValue': {} },
    { 'Fn::Base64': null },
    { 'Fn::Length': 7 },
    { 'Fn::ToJsonString': null },
    { 'Fn::GetAZs': null },
    { 'Fn::GetStackOutput': {} },
    { 'Fn::GetStackOutput': 'x' },
    { 'Fn::GetStackOutput': null },
    { 'Fn::GetStackOutput': NOTHING },
    { Condition: null },
    { 'Fn::Sub': '${}' },
    { 'Fn::Sub': '${.}' },
    { 'Fn::Sub': '${Topic.}' },
    { Ref: '__proto__' },
    { 'Fn::GetAtt': ['constructor', 'name'] },
  ])('%j is rejected by CloudFormation and has no effect', (value) => {
    expect(() => scopesOf(STACK).scopes.Tools.resolve({ value: [value] })).not.toThrow();
  });
});

describe('conditions', () => {
  const YES = { 'Fn::Equals': ['a', 'a'] };
  const NO = { 'Fn::Equals': ['a', 'b'] };
  const MAYBE = { 'Fn::Equals': [ref('Open'), 'a'] };

  test.each<[condition: unknown, answer: string]>([
    [YES, 'yes'],
    [NO, 'no'],
    [MAYBE, 'unknown'],
    [{ 'Fn::Equals': [ref('Given'), 'given'] }, 'yes'],
    [{ 'Fn::Equals': [ref('AWS::Region'), EU] }, 'yes'],
    [{ 'Fn::Equals': [true, 'true'] }, 'yes'],
    [{ 'Fn::Equals': [80, '80'] }, 'yes'],
    [{ 'Fn::Equals': ['', NOTHING] }, 'yes'],
    [{ 'Fn::Equals': ['a*', 'ab'] }, 'no'],
    [{ 'Fn::Equals': [ref('Open'), ref('Open')] }, 'yes'],
    [{ 'Fn::Equals': [ref('Open'), ref('Other')] }, 'unknown'],
    [{ 'Fn::Equals': [sub('a${Open}'), 'b'] }, 'no'],
    [{ 'Fn::Not': [YES] }, 'no'],
    [{ 'Fn::Not': [MAYBE] }, 'unknown'],
    [{ 'Fn::And': [YES, YES] }, 'yes'],
    [{ 'Fn::And': [YES, MAYBE] }, 'unknown'],
    [{ 'Fn::And': [MAYBE, NO] }, 'no'],
    [{ 'Fn::Or': [NO, NO] }, 'no'],
    [{ 'Fn::Or': [NO, MAYBE] }, 'unknown'],
    [{ 'Fn::Or': [MAYBE, YES] }, 'yes'],
    [{ Condition: 'Yes' }, 'yes'],
    [{ Condition: 'Maybe' }, 'unknown'],
    [{ Condition: 'Undeclared' }, 'unknown'],
    [{ Condition: '__proto__' }, 'unknown'],
    [{ 'Fn::Contains': [['a'], 'a'] }, 'unknown'],
    [{}, 'unknown'],
    ['x', 'unknown'],
    [null, 'unknown'],
    [{ 'Fn::Not': null }, 'unknown'],
    [{ 'Fn::Equals': YES, 'Fn::Not': [NO] }, 'unknown'],
  ])('%j: %s', (condition, answer) => {
    const stack = stackOf(
      { ...TEMPLATE, Conditions: { ...TEMPLATE.Conditions, Tested: condition } },
      { parameters: { Given: 'given' } },
    );
    expect(scopesOf(stack).scopes.Tools.condition('Tested')).toBe(answer);
  });

  test('returns equal branches of an unknown condition', () => {
    const open = { a: ref('Open') };
    const values = [
      choose('Maybe', 'main', ref('Default')),
      choose('Maybe', open, open),
      choose('Maybe', NOTHING, NOTHING),
    ];
    expect(shown(values)).toEqual(['main', { a: OPEN }]);
  });
});

describe('comparison of unknown values', () => {
  const [other, prod] = [
    stackOf(TEMPLATE, { stackName: 'Other' }),
    stackOf(TEMPLATE, { stackName: 'Prod', account: PROD }),
  ];
  const {
    model,
    scopes: { Tools, Prod, Other },
  } = scopesOf(STACK, other, prod);

  function inTools(value: unknown) {
    return Tools.resolve(value) as string;
  }

  test('equal to themselves for all references', () => {
    expect(inTools(ref('Open'))).toBe(inTools(sub('${Open}')));
    expect(equals(inTools(sub('a-${Open}')), inTools(join('-', 'a', ref('Open'))))).toBe('yes');
    expect(matches(inTools(sub('arn:*:${Open}')), inTools(sub('arn:aws:${Open}')))).toBe('yes');
    expect(inTools(choose('Maybe', 'a', 'b'))).toBe(inTools(choose('Maybe', 'a', 'b')));
  });

  test('unknown compared with others', () => {
    for (const one of [
      'x',
      inTools(ref('Other')),
      Other.resolve(ref('Open')) as string,
      inTools('{{resolve:ssm:x}}'),
    ]) {
      expect([equals(inTools(ref('Open')), one), equals(one, inTools(ref('Open')))]).toEqual(['unknown', 'unknown']);
    }
    expect(equals(inTools(sub('a${Open}')), 'b')).toBe('no');
  });

  test.each<[string, unknown, typeof Other]>([
    ['dynamic references of two accounts', '{{resolve:ssm:/vpc}}', Prod],
    ['missing exports of two accounts', { 'Fn::ImportValue': 'Vpc' }, Prod],
    ['what a condition of two stacks decides', choose('Maybe', 'a', 'b'), Other],
  ])('%s differ', (_, value, elsewhere) => {
    expect(equals(inTools(value), elsewhere.resolve(value) as string)).toBe('unknown');
  });

  test('returns the same account and Region for all environment-agnostic stacks', () => {
    const { model: open, scopes } = scopesOf(anywhere(STACK), anywhere(other), prod);
    const arns = Object.values(scopes).map((scope) => scope.resolve(ref('Topic')) as string);
    expect(equals(arns[0], arns[1])).toBe('yes');
    expect(equals(arns[0], arns[2])).toBe('unknown');
    expect(open.unknowns.show(arns[0])).toBe('arn:aws:sns:${AWS::Region}:${AWS::AccountId}:news');
    expect(open.unknowns.reasonsIn(arns[0]).map(({ kind }) => kind)).toEqual(['environment', 'environment']);
    expect(equals(open.openAccount, open.openAccount)).toBe('yes');
    expect([equals(open.openAccount, TOOLS), equals(open.openRegion, EU)]).toEqual(['unknown', 'unknown']);
    // Neither holds what ARNs are split at.
    expect(shown(split(':', ref('Topic')), anywhere(STACK))).toEqual([
      'arn',
      'aws',
      'sns',
      '${AWS::Region}',
      '${AWS::AccountId}',
      'news',
    ]);
  });

  test('describes every unknown value', () => {
    expect(hasUnknown(inTools(ref('Open')))).toBe(true);
    const reasons = model.unknowns.reasonsIn(inTools(sub('${Open}${Other}${Open}')));
    expect(reasons.map(({ description: words }) => words)).toEqual([
      'parameter Open of stack Tools',
      'parameter Other of stack Tools',
    ]);
  });
});

describe('values of other stacks', () => {
  const Outputs = { Out: { Value: ref('AWS::AccountId'), Export: { Name: sub('${AWS::StackName}-Out') } } };

  function exporting(more: object) {
    return stackOf({ Outputs }, { stackName: 'Db', ...more });
  }

  function importing(more: object = {}) {
    return stackOf({}, { stackName: 'App', ...more });
  }

  function imported(from: object, to: object, value: unknown) {
    const {
      model,
      scopes: { App },
    } = scopesOf(exporting(from), importing(to));
    return model.unknowns.show(App.resolve(value) as string);
  }

  const ANY = { account: undefined, region: undefined };
  const VALUE = { 'Fn::ImportValue': 'Db-Out' };

  function output(more: object = {}) {
    return { 'Fn::GetStackOutput': { StackName: 'Db', OutputName: 'Out', ...more } };
  }

  const MISSING = `<output Out of stack Db in ${TOOLS}/${EU}>`;

  test.each<[string, object, object, unknown, string]>([
    ['an export of the same account and region', {}, {}, VALUE, TOOLS],
    ['an export of another account', { account: PROD }, {}, VALUE, '<export Db-Out>'],
    ['an export of another region', { region: US }, {}, VALUE, '<export Db-Out>'],
    ['an export of any environment, in one', ANY, {}, VALUE, '<export Db-Out>'],
    ['an export of any environment, in any', ANY, ANY, VALUE, '${AWS::AccountId}'],
    ['an output of the same account and region', {}, {}, output(), TOOLS],
    ['an output of another region', { region: US }, {}, output({ Region: US }), TOOLS],
    ['an output of another Region than specified', { region: US }, {}, output(), MISSING],
    ['an output of the Region of the reader', { region: US }, { region: US }, output(), TOOLS],
    [
      'an output of another account',
      { account: PROD },
      {},
      output({ RoleArn: `arn:aws:iam::${PROD}:role/Reader` }),
      PROD,
    ],
    ['an output of another account than specified', { account: PROD }, {}, output(), MISSING],
    [
      'an output that is not there',
      {},
      {},
      output({ OutputName: 'None' }),
      `<output None of stack Db in ${TOOLS}/${EU}>`,
    ],
  ])('%s', (_, from, to, value, result) => expect(imported(from, to, value)).toBe(result));
});

describe('former defects', () => {
  test('substitutes an empty value', () => {
    expect(shown(sub('shop${Suffix}'), stackOf({ Parameters: { Suffix: { Type: 'String', Default: '' } } }))).toBe(
      'shop',
    );
  });

  test('assumes that an unknown Region contains hyphens', () => {
    expect(shown(select(0, split('-', ref('AWS::Region'))), anywhere(STACK))).not.toBe('${AWS::Region}');
  });
});
