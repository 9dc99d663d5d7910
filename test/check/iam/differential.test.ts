import fc from 'fast-check';
import { type Rule, RULES, secondEvaluate } from './second-evaluator';
import { evaluate } from '../../../src/check/iam/evaluate';
import type { AccessRequest, Caller, NamedPolicy, PolicySet } from '../../../src/check/iam/request';

const RUNS = Number(process.env.DIFFERENTIAL_RUNS ?? 6_000);
/**
 * So that what the controls find does not change from run to run; the comparison itself takes another seed each time.
 */
const SEED = 20_241_121;

const ACCOUNTS = ['111111111111', '222222222222'];

/**
 * What policies are written about. They are generated as functions of it, so that they often match and still shrink
 * well.
 */
interface Scene {
  readonly caller: { readonly arn: string; readonly account: string; readonly sessionName: string } | string;
  readonly action: string;
  readonly resource: string;
  readonly owner: string;
}
type Make<T> = (scene: Scene) => T;
type Weighted<T> = readonly [weight: number, value: T];

function choose<T>(...choices: readonly Weighted<T>[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}

/** One, often without a list around it, or several. */
function oneOrMany<T>(one: fc.Arbitrary<Make<T>>): fc.Arbitrary<Make<T | T[]>> {
  return fc.oneof(
    { weight: 3, arbitrary: one as fc.Arbitrary<Make<T | T[]>> },
    {
      weight: 1,
      arbitrary: fc
        .array(one, { minLength: 1, maxLength: 3 })
        .map((makes) => (scene: Scene) => makes.map((make) => make(scene))),
    },
  );
}

function maybe<T, N>(none: number, nil: N, some: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | N> {
  return fc.oneof({ weight: none, arbitrary: fc.constant(nil) }, { weight: some, arbitrary });
}

function swapCase(text: string) {
  return text.replace(/[a-z]/gi, (one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()));
}

function service(action: string) {
  return action.split(':')[0];
}

const actions = oneOrMany(
  choose<Make<string>>(
    [9, ({ action }) => action],
    [3, ({ action }) => swapCase(action)],
    [6, ({ action }) => `${service(action)}:*`],
    [8, () => '*'],
    [1, ({ action }) => action.replace(/.$/, '?')],
    [1, ({ action }) => `${action}?`],
    [1, ({ action }) => action.replace(/:.*(...)$/, ':*$1')],
    [2, () => 's3:GetObject'],
    [1, () => 'kms:*'],
    [1, () => 'sts:*'],
  ),
);

const VARIABLES = [
  '${aws:PrincipalTag/team}',
  '${AWS:principaltag/TEAM}',
  "${aws:PrincipalTag/team, 'blue'}",
  "${aws:PrincipalTag/other, 'blue'}",
  '${aws:PrincipalAccount}',
  '${*}',
];
const resources = oneOrMany(
  choose<Make<string>>(
    [8, ({ resource }) => resource],
    [14, () => '*'],
    [1, () => 'arn:aws:s3:::*'],
    [1, () => 'arn:aws:s3:::bucket/red/file'],
    [1, ({ resource }) => swapCase(resource)],
    [1, ({ resource }) => `${resource}?`],
    [1, ({ resource }) => resource.replace(/.$/, '?')],
    [2, ({ resource }) => resource.replace(/[^:/]*$/, '*')],
    [1, ({ resource }) => resource.replace(/^arn:aws:.*(...)$/, 'arn:*$1')],
    [1, ({ resource }) => resource.replace(/^arn:aws:(\w+):[^:]*:[^:]*/, 'arn:aws:$1:*:*')],
    ...VARIABLES.map((variable): Weighted<Make<string>> => [1, ({ resource }) => resource.replace(/blue/, variable)]),
  ),
);

function arnOf({ caller, owner }: Scene) {
  return typeof caller === 'string' ? `arn:aws:iam::${owner}:role/Deploy` : caller.arn;
}

function accountOf({ caller, owner }: Scene) {
  return typeof caller === 'string' ? owner : caller.account;
}

function sessionOf(scene: Scene, session = typeof scene.caller === 'string' ? 'one' : scene.caller.sessionName) {
  return `arn:aws:sts::${accountOf(scene)}:assumed-role/${arnOf(scene).split('/').pop()}/${session}`;
}

function serviceOf({ caller }: Scene) {
  return typeof caller === 'string' ? caller : 'codebuild.amazonaws.com';
}

const principal = choose<Make<object | string>>(
  [2, () => '*'],
  [1, () => ({ AWS: '*' })],
  [5, (scene) => ({ AWS: arnOf(scene) })],
  [4, (scene) => ({ AWS: sessionOf(scene) })],
  [3, (scene) => ({ AWS: accountOf(scene) })],
  [3, (scene) => ({ AWS: `arn:aws:iam::${accountOf(scene)}:root` })],
  [1, (scene) => ({ AWS: sessionOf(scene, 'other') })],
  [1, (scene) => ({ AWS: `${sessionOf(scene, '')}*` })],
  [2, (scene) => ({ AWS: `arn:aws:iam::${accountOf(scene)}:role/*` })],
  [1, () => ({ AWS: ACCOUNTS })],
  [1, () => ({ AWS: ACCOUNTS[1] })],
  [1, (scene) => ({ AWS: [`arn:aws:iam::${ACCOUNTS[1]}:role/Deploy`, arnOf(scene)] })],
  [1, () => ({ Service: 'codebuild.amazonaws.com' })],
  [3, (scene) => ({ Service: ['events.amazonaws.com', serviceOf(scene)] })],
  [1, (scene) => ({ AWS: arnOf(scene), Service: serviceOf(scene) })],
  [1, () => ({ Federated: 'accounts.google.com' })],
);

/** Keys of one kind each, as no policy compares a date with a range of addresses. */
interface Kind {
  readonly weight?: number;
  readonly keys: readonly string[];
  readonly operators: readonly string[];
  readonly given: readonly string[][];
  readonly wanted: readonly unknown[];
}
const TOPIC = 'arn:aws:sns:eu-west-1:111111111111:topic';

function negatable(...names: readonly string[]) {
  return names.flatMap((name) => [name, name.replace(/(Equals|Like|IpAddress)/, 'Not$1')]);
}

const STRINGS = negatable('StringEquals', 'StringEqualsIgnoreCase', 'StringLike');

function ordered(kind: string) {
  return ['LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((test) => kind + test);
}

const KINDS: readonly Kind[] = [
  {
    weight: 4,
    keys: ['aws:PrincipalTag/team', 'AWS:principaltag/TEAM'],
    operators: [...STRINGS, 'StringLike', 'StringLike'],
    given: [['blue'], ['Blue'], ['red'], ['b*e']],
    wanted: [
      'blue',
      'Blue',
      'red',
      'b*',
      'B*',
      'B?ue',
      'r*',
      'R*',
      '*',
      '?lue',
      'b*e',
      'b${*}e',
      '${*}',
      '${?}lue',
      '${$}',
      ...VARIABLES,
    ],
  },
  {
    weight: 3,
    keys: ['aws:TagKeys'],
    operators: STRINGS,
    given: [[], ['blue'], ['blue', 'red'], ['red', 'green'], ['green', 'blue']],
    wanted: ['blue', 'red', 'b*', '${*}'],
  },
  {
    weight: 4,
    keys: ['aws:SourceArn'],
    operators: negatable('ArnEquals', 'ArnLike', 'StringLike'),
    given: [[TOPIC], [`${TOPIC}:x`], [TOPIC.replace('sns', 'sqs')]],
    wanted: [
      TOPIC,
      `${TOPIC}:*`,
      'arn:aws:sns:*:*:*',
      'arn:aws:s?s:*:111111111111:topic',
      'arn:aws:sns:*:topic:x',
      'arn:*:*:*:*:x',
      'arn:aws:sns:eu-west-1:${aws:PrincipalAccount}:topic',
      '${aws:SourceArn}',
    ],
  },
  {
    weight: 2,
    keys: ['s3:max-keys'],
    operators: [...negatable('NumericEquals'), ...ordered('Numeric')],
    given: [['5'], ['10'], ['10.0'], ['10.5']],
    wanted: ['5', 10, '10', '10.50', 9, '-100'],
  },
  {
    keys: ['aws:CurrentTime'],
    operators: [...negatable('DateEquals'), ...ordered('Date')],
    given: [['2024-01-01T00:00:00Z'], ['2024-06-01T12:00:00Z'], ['1704067200']],
    wanted: [
      '2024-01-01T00:00:00Z',
      '1704067200',
      '2024-01-01',
      '2024-06-01T12:00:00Z',
      '2024-06-01T14:00:00+02:00',
      '2023-12-31T23:59:59.500Z',
    ],
  },
  {
    keys: ['aws:SecureTransport'],
    operators: ['Bool'],
    given: [['true'], ['false']],
    wanted: ['true', 'false', true, false],
  },
  {
    keys: ['aws:SourceIp'],
    operators: negatable('IpAddress'),
    given: [['203.0.113.7'], ['203.0.113.200'], ['2001:db8:1234:5678::7'], ['::1']],
    wanted: [
      '203.0.113.0/24',
      '203.0.113.0/25',
      '203.0.113.7',
      '0.0.0.0/0',
      '2001:DB8:1234:5678::/64',
      '2001:db8:1234:5678::7',
      '::/0',
      '::/127',
    ],
  },
  { keys: ['test:Binary'], operators: ['BinaryEquals'], given: [['AAEC'], ['/w==']], wanted: ['AAEC', '/w==', 'AAED'] },
];

function values(wanted: readonly unknown[]) {
  return fc.oneof(fc.constantFrom(...wanted), fc.array(fc.constantFrom(...wanted), { minLength: 1, maxLength: 3 }));
}

function qualifier(many: boolean) {
  return choose<string>([many ? 1 : 8, ''], [many ? 3 : 1, 'ForAllValues:'], [many ? 2 : 1, 'ForAnyValue:']);
}

const kinds = choose(...KINDS.map((kind): Weighted<Kind> => [kind.weight ?? 1, kind]));
const ifExists = choose<string>([3, ''], [1, 'IfExists']);
const condition = kinds
  .chain(({ keys, operators, wanted }) =>
    fc.tuple(
      qualifier(keys[0] === 'aws:TagKeys'),
      fc.constantFrom(...operators),
      ifExists,
      fc.constantFrom(...keys),
      values(wanted),
    ),
  )
  .map(([set, operator, suffix, key, value]) => ({ operator: set + operator + suffix, key, value }));
const absence = fc.record({
  operator: fc.constant('Null'),
  key: fc.constantFrom(...KINDS.flatMap(({ keys }) => keys)),
  value: values(['true', 'false', true, false]),
});
const either = fc.oneof({ weight: 8, arbitrary: condition }, { weight: 1, arbitrary: absence });
const conditions = fc.array(either, { minLength: 1, maxLength: 2 }).map((all) => {
  const block: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, value } of all) block[operator] = { ...block[operator], [key]: value };
  return block;
});

function entry(key: string, make: Make<unknown>): Make<object> {
  return (scene) => ({ [key]: make(scene) });
}

function statement(policyOf: 'caller' | 'resource'): fc.Arbitrary<Make<object>> {
  return fc
    .record({
      Effect: choose<string>([7, 'Allow'], [1, 'Deny']),
      who: fc
        .tuple(choose<string>([9, 'Principal'], [1, 'NotPrincipal']), principal)
        .map(([key, make]) => entry(key, make)),
      action: fc.tuple(choose<string>([9, 'Action'], [1, 'NotAction']), actions).map(([key, make]) => entry(key, make)),
      resource: fc
        .tuple(choose<string>([9, 'Resource'], [1, 'NotResource']), resources)
        .map(([key, make]) => entry(key, make)),
      Condition: maybe(1, undefined, 1, conditions),
    })
    .map(({ Effect, who, action, resource, Condition }) => (scene: Scene) => ({
      Effect,
      ...(policyOf === 'resource' ? who(scene) : {}),
      ...action(scene),
      ...(policyOf === 'resource' && /^(sts|iam):/.test(scene.action) ? {} : resource(scene)),
      ...(Condition ? { Condition } : {}),
    }));
}

/** Often a policy of the caller allows everything, or hangs on its condition alone, so that something else decides. */
const everything = maybe(1, undefined, 1, conditions).map((Condition) => ({
  Effect: 'Allow',
  Action: '*',
  Resource: '*',
  ...(Condition ? { Condition } : {}),
}));

function document(policyOf: 'caller' | 'resource'): fc.Arbitrary<Make<object>> {
  return fc
    .record({
      Version: choose<object>([4, { Version: '2012-10-17' }], [1, { Version: '2008-10-17' }], [1, {}]),
      statements: fc.oneof(
        { weight: 1, arbitrary: fc.constant<Make<object>[]>([]) },
        { weight: 9, arbitrary: fc.array(statement(policyOf), { minLength: 1, maxLength: 2 }) },
        { weight: policyOf === 'caller' ? 4 : 0, arbitrary: everything.map((one): Make<object>[] => [() => one]) },
      ),
      bare: fc.boolean(),
    })
    .map(({ Version, statements, bare }) => (scene) => {
      const made = statements.map((make) => make(scene));
      return { ...Version, Statement: bare && made.length === 1 ? made[0] : made };
    });
}

function policies(policyOf: 'caller' | 'resource', minLength: number): fc.Arbitrary<Make<PolicySet>> {
  return fc.array(document(policyOf), { minLength, maxLength: 2 }).map((makes) => (scene) => ({
    policies: makes.map((make, index): NamedPolicy => ({ name: `policy ${index}`, document: make(scene) })),
  }));
}

const CALLS: readonly Weighted<readonly string[]>[] = [
  [4, ['s3:GetObject', 'arn:aws:s3:::bucket/blue/file']],
  [1, ['s3:PutObject', 'arn:aws:s3:::bucket/red/file']],
  [4, ['kms:Decrypt', 'arn:aws:kms:eu-west-1:OWNER:key/blue']],
  [1, ['kms:ListKeys', '*']],
  [3, ['sts:AssumeRole', 'arn:aws:iam::OWNER:role/blue']],
  [1, ['sts:TagSession', 'arn:aws:iam::OWNER:role/blue']],
  [1, ['sts:SetSourceIdentity', 'arn:aws:iam::OWNER:role/blue']],
  [2, ['iam:PassRole', 'arn:aws:iam::OWNER:role/blue']],
  [2, ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:OWNER:blue']],
];
const caller = choose<Scene['caller']>(
  [4, { arn: `arn:aws:iam::${ACCOUNTS[0]}:role/Deploy`, account: ACCOUNTS[0], sessionName: 'one' }],
  [2, { arn: `arn:aws:iam::${ACCOUNTS[0]}:role/team/Build`, account: ACCOUNTS[0], sessionName: 'two' }],
  [2, { arn: `arn:aws:iam::${ACCOUNTS[1]}:role/Deploy`, account: ACCOUNTS[1], sessionName: 'one' }],
  [1, 'codebuild.amazonaws.com'],
);

function given(kind: Kind) {
  return maybe(1, 'absent' as const, 3, fc.constantFrom(...kind.given));
}

const context = fc
  .tuple(...KINDS.map(given))
  .map((all) => Object.fromEntries(all.map((one, index) => [KINDS[index].keys[0].toLowerCase(), one])));

const scene = fc
  .record({ caller, call: choose(...CALLS), account: choose<string>([2, ACCOUNTS[0]], [1, ACCOUNTS[1]]) })
  .map((made): Scene => {
    const [action, resource] = made.call;
    // Calls without a resource affect the account of the caller.
    const owner = resource === '*' && typeof made.caller !== 'string' ? made.caller.account : made.account;
    return { caller: made.caller, action, resource: resource.replace('OWNER', owner), owner };
  });

const requests: fc.Arbitrary<AccessRequest> = fc
  .record({
    scene,
    context,
    identity: policies('caller', 0),
    boundary: maybe(2, undefined, 1, policies('caller', 1)),
    session: maybe(2, undefined, 1, policies('caller', 1)),
    resourcePolicy: policies('resource', 0),
  })
  .map((made) => {
    const { action, resource, owner } = made.scene;
    const who: Caller =
      typeof made.scene.caller === 'string'
        ? { kind: 'service', service: made.scene.caller }
        : {
            kind: 'role',
            ...made.scene.caller,
            identity: made.identity(made.scene),
            boundary: made.boundary?.(made.scene),
            session: made.session?.(made.scene),
          };
    const account = who.kind === 'role' ? [who.account] : ('absent' as const);
    return {
      caller: who,
      action,
      resource,
      resourceAccount: owner,
      resourcePolicy: resource === '*' ? { policies: [] } : made.resourcePolicy(made.scene),
      context: { ...made.context, 'aws:principalaccount': account, 'aws:principaltag/other': 'absent' as const },
    };
  });

function verdict(request: AccessRequest) {
  return evaluate(request).verdict;
}

const sample = fc.sample(requests, { numRuns: RUNS, seed: SEED });

test('returns the same verdict with both evaluators', () => {
  fc.assert(
    fc.property(requests, (request) => {
      expect(verdict(request)).toBe(secondEvaluate(request));
    }),
    { numRuns: RUNS },
  );
});

test('generates a balanced number of allowed and denied requests', () => {
  const allowed = sample.filter((request) => secondEvaluate(request) === 'ALLOWED').length / RUNS;
  expect(allowed).toBeGreaterThan(0.15);
  expect(allowed).toBeLessThan(0.85);
});

describe('finds a difference if a rule is broken', () => {
  // Requests on which the evaluators disagree anyway prove nothing about a broken rule.
  const agreed = sample
    .map((request) => ({ request, expected: verdict(request) }))
    .filter((one) => one.expected === secondEvaluate(one.request));

  function differences(rule: Rule) {
    return agreed.filter(({ request, expected }) => secondEvaluate(request, new Set([rule])) !== expected);
  }

  test.each(RULES)('%s', (rule) => {
    const [firstDifference, ...others] = differences(rule);
    expect(firstDifference).toBeDefined();
    // Each rule decides some requests, not one by luck.
    expect(others.length).toBeGreaterThanOrEqual(4);
  });
});
