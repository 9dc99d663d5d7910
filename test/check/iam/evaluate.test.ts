import fc from 'fast-check';
import { Unknowns } from '../../../src/assembly/unknown';
import { evaluate } from '../../../src/check/iam/evaluate';
import type {
  AccessRequest,
  Evaluation,
  NamedPolicy,
  PolicySet,
  Reason,
  RoleCaller,
} from '../../../src/check/iam/request';

const HOME = '111111111111';
const AWAY = '222222222222';
const ROLE = `arn:aws:iam::${HOME}:role/deploy`;
const OBJECT = 'arn:aws:s3:::store/app.zip';

function KEY(account = HOME) {
  return `arn:aws:kms:eu-west-1:${account}:key/1`;
}

const unknowns = new Unknowns();
const OPEN = unknowns.text({ kind: 'parameter', description: 'parameter Open' });

function statement(more: object = {}) {
  return { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...more };
}

function policy(name: string, ...Statement: unknown[]): NamedPolicy {
  return { name, document: { Version: '2012-10-17', Statement } };
}

function set(...policies: NamedPolicy[]): PolicySet {
  return { policies };
}

function from(AWS: unknown, more: object = {}) {
  return statement({ Principal: { AWS }, ...more });
}

function role(identity: PolicySet, more: Partial<RoleCaller> = {}): RoleCaller {
  return { kind: 'role', arn: ROLE, account: HOME, identity, ...more };
}

/** A request of a role of HOME for an object of HOME, without any policy. */
function request(more: Partial<AccessRequest> = {}): AccessRequest {
  return {
    caller: role(set()),
    action: 's3:GetObject',
    resource: OBJECT,
    resourceAccount: HOME,
    resourcePolicy: set(),
    context: {},
    ...more,
  };
}

function decrypt(more: Partial<AccessRequest>) {
  return request({ action: 'kms:Decrypt', resource: KEY(), ...more });
}

function byService(name: string, more: Partial<AccessRequest>) {
  return request({ caller: { kind: 'service', service: `${name}.amazonaws.com` }, ...more });
}

function forService(name: string, more: object = {}) {
  return statement({ Principal: { Service: `${name}.amazonaws.com` }, ...more });
}

const IS_V = { StringEquals: { k: 'v' } };

function mine(...statements: unknown[]) {
  return role(set(policy('mine', ...statements)));
}

function theirs(...statements: unknown[]) {
  return set(policy('theirs', ...statements));
}

/** A reason in short: what was found, in which kind of policies, policy and statement, and the words. */
function where({ finding, kind, policy: name = '-', statement: label = '-' }: Reason) {
  return `${finding} ${kind} ${name} ${label}`;
}

function short(reason: Reason) {
  return `${where(reason)}: ${unknowns.show(reason.explanation)}`;
}

function explained({ verdict, reasons: because }: Evaluation) {
  return [verdict, ...because.map(short)];
}

describe('names the policy and the statement that allow the call', () => {
  test.each<[string, AccessRequest, string[]]>([
    [
      'an identity policy',
      request({ caller: mine(statement({ Action: 'sns:*' }), statement({ Sid: 'Read' })) }),
      ['allows identity mine Read'],
    ],
    [
      'a statement without a name, by its position',
      request({ caller: mine(statement({ Action: 'sns:*' }), statement()) }),
      ['allows identity mine 2'],
    ],
    ['a resource policy', request({ resourcePolicy: theirs(from(ROLE)) }), ['allows resource theirs 1']],
    [
      'both sides, across accounts',
      request({ caller: mine(statement()), resourceAccount: AWAY, resourcePolicy: theirs(from(HOME)) }),
      ['allows identity mine 1', 'allows resource theirs 1'],
    ],
    [
      'a boundary as well',
      request({ caller: { ...mine(statement()), boundary: set(policy('guard', statement({ Action: '*' }))) } }),
      ['allows identity mine 1', 'allows boundary guard 1'],
    ],
    [
      'a session policy as well',
      request({ caller: { ...mine(statement()), session: set(policy('session', statement())) } }),
      ['allows identity mine 1', 'allows session session 1'],
    ],
    [
      'a key policy that leaves it to the account',
      decrypt({
        caller: mine(statement({ Action: 'kms:*' })),
        resourcePolicy: theirs(from(`arn:aws:iam::${HOME}:root`, { Action: 'kms:*' })),
      }),
      ['allows identity mine 1', 'allows resource theirs 1'],
    ],
    [
      'a trust policy, for a service',
      byService('codebuild', {
        action: 'sts:AssumeRole',
        resource: ROLE,
        resourcePolicy: theirs(forService('codebuild', { Action: 'sts:*' })),
      }),
      ['allows resource theirs 1'],
    ],
  ])('%s', (_, asked, reasons) =>
    expect(explained(evaluate(asked))).toEqual(['ALLOWED', ...reasons.map((reason) => `${reason}: allows the call`)]),
  );
});

describe('names the policy and the statement that deny the call', () => {
  const deny = { Effect: 'Deny', Sid: 'Never' };

  test.each<[string, AccessRequest, string[]]>([
    ['in an identity policy', request({ caller: mine(statement(), statement(deny)) }), ['identity mine Never']],
    [
      'in a resource policy',
      request({ caller: mine(statement()), resourcePolicy: theirs(from('*', deny)) }),
      ['resource theirs Never'],
    ],
    [
      'in a boundary',
      request({
        caller: { ...mine(statement()), boundary: set(policy('guard', statement({ Action: '*' }), statement(deny))) },
      }),
      ['boundary guard Never'],
    ],
    [
      'in several, and nothing else',
      request({ caller: mine(statement(deny)), resourceAccount: AWAY, resourcePolicy: theirs(from(ROLE, deny)) }),
      ['identity mine Never', 'resource theirs Never'],
    ],
  ])('%s', (_, asked, reasons) => {
    expect(explained(evaluate(asked))).toEqual([
      'DENIED',
      ...reasons.map((reason) => `denies ${reason}: denies the call`),
    ]);
  });

  test.each<[string, AccessRequest, string, RegExp]>([
    [
      'that only may apply',
      request({
        caller: mine(
          statement(),
          statement({ ...deny, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } }),
        ),
      }),
      'identity mine Never',
      /may deny the call.*aws:PrincipalTag\/team is unknown/,
    ],
    [
      'of a resource that only may be meant',
      request({ caller: mine(statement(), statement({ ...deny, Resource: `arn:aws:s3:::${OPEN}/*` })) }),
      'identity mine Never',
      /may deny the call.*<parameter Open>/,
    ],
  ])('returns UNKNOWN for a statement %s', (_, asked, place, words) => {
    const [verdict, reason, ...more] = explained(evaluate(asked));
    expect([verdict, more]).toEqual(['UNKNOWN', []]);
    expect(reason).toContain(`unknown ${place}: `);
    expect(reason).toMatch(words);
  });
});

describe('names the missing permission and the closest statement', () => {
  const NONE = 'no statement allows the call';

  function across(more: Partial<AccessRequest>) {
    return request({ resourceAccount: AWAY, ...more });
  }

  function pass(more: Partial<AccessRequest>) {
    return request({ action: 'iam:PassRole', resource: ROLE, ...more });
  }

  const ALL = statement({ Action: '*' });

  test.each<[string, AccessRequest, [where: string, words: string | RegExp][]]>([
    ['no policy at all', request(), [['identity - -', NONE]]],
    [
      'statements about other calls',
      request({ caller: mine(statement({ Action: 's3:PutObject' })) }),
      [['identity - -', NONE]],
    ],
    [
      'another resource',
      request({ caller: mine(statement({ Resource: 'arn:aws:s3:::stores/*' })) }),
      [['identity mine 1', /comes closest, but its Resource is arn:aws:s3:::stores\/\*$/]],
    ],
    [
      'a condition',
      request({
        caller: mine(statement({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })),
        context: { 'aws:securetransport': ['false'] },
      }),
      [['identity mine 1', /comes closest.*condition Bool aws:SecureTransport is not met$/]],
    ],
    [
      'the closer of two',
      request({
        caller: mine(statement({ Resource: 'arn:aws:s3:::a/*' }), statement({ Sid: 'Near', Condition: IS_V })),
        context: { k: ['x'] },
      }),
      [['identity mine Near', /StringEquals k is not met/]],
    ],
    [
      'many resources, shortened',
      request({ caller: mine(statement({ Resource: ['a', 'b', 'c', 'd', 'e'] })) }),
      [['identity mine 1', /its Resource is a, b, c and 2 more$/]],
    ],
    [
      'across accounts, both',
      across({}),
      [
        ['identity - -', NONE],
        ['resource - -', NONE],
      ],
    ],
    [
      'across accounts, the resource',
      across({ caller: mine(ALL), resourcePolicy: theirs(from(AWAY)) }),
      [['resource theirs 1', new RegExp(`comes closest, but its Principal is ${AWAY}$`)]],
    ],
    ['across accounts, the identity', across({ resourcePolicy: theirs(from(ROLE)) }), [['identity - -', NONE]]],
    ['a key policy without principals', decrypt({ caller: mine(ALL) }), [['resource - -', NONE]]],
    ['a key policy without principals, which can be fixed alone', decrypt({}), [['resource - -', NONE]]],
    [
      'a key policy that names another',
      decrypt({ caller: mine(ALL), resourcePolicy: theirs(from(`${ROLE}2`, { Action: 'kms:*' })) }),
      [['resource theirs 1', /its Principal is arn:aws:iam::111111111111:role\/deploy2$/]],
    ],
    [
      'a key policy that leaves it to the account',
      decrypt({ resourcePolicy: theirs(from(HOME, { Action: 'kms:*' })) }),
      [['identity - -', NONE]],
    ],
    [
      'the key of another account, both',
      decrypt({ resource: KEY(AWAY), resourceAccount: AWAY }),
      [
        ['identity - -', NONE],
        ['resource - -', NONE],
      ],
    ],
    [
      'a boundary',
      request({ caller: { ...mine(ALL), boundary: set(policy('guard', statement({ Action: 'sns:*' }))) } }),
      [['boundary - -', NONE]],
    ],
    [
      'a boundary and the identity',
      request({ caller: role(set(), { boundary: set() }) }),
      [
        ['identity - -', NONE],
        ['boundary - -', NONE],
      ],
    ],
    [
      'a session policy',
      request({ caller: { ...mine(ALL), session: set(policy('session', statement({ Resource: 'x' }))) } }),
      [['session session 1', /its Resource is x$/]],
    ],
    [
      'passing a role',
      pass({
        caller: mine(statement({ Action: '*', Condition: IS_V })),
        context: { k: ['x'] },
        resourcePolicy: theirs(from('*', { Action: '*' })),
      }),
      [['identity mine 1', /StringEquals k is not met/]],
    ],
    ['passing a role of another account', pass({ resourceAccount: AWAY }), [['identity - -', NONE]]],
    [
      'a service',
      byService('sns', { resourcePolicy: theirs(forService('sqs')) }),
      [['resource theirs 1', /its Principal is sqs\.amazonaws\.com$/]],
    ],
  ])('%s', (_, asked, lacking) => {
    const { verdict, reasons: because } = evaluate(asked);
    expect(verdict).toBe('DENIED');
    expect(because.map(where)).toEqual(lacking.map(([place]) => `does-not-allow ${place}`));
    lacking.forEach(([, words], index) => expect(because[index].explanation).toMatch(words));
  });
});

describe('names the unknown information', () => {
  const OUTSIDE: PolicySet = { policies: [], outside: 'the role is not in the assembly' };

  test.each<[string, AccessRequest, string[]]>([
    [
      'a key of a condition',
      request({ caller: mine(statement({ Condition: { StringEquals: { 'aws:PrincipalTag/team': 'x' } } })) }),
      ['identity mine 1: may allow the call: its condition StringEquals aws:PrincipalTag/team is unknown'],
    ],
    [
      'a resource',
      request({ caller: mine(statement({ Resource: `arn:aws:s3:::${OPEN}/*` })) }),
      ['identity mine 1: may allow the call: its Resource is arn:aws:s3:::<parameter Open>/*'],
    ],
    [
      'a principal',
      request({ resourcePolicy: theirs(from(OPEN)) }),
      ['resource theirs 1: may allow the call: its Principal is <parameter Open>'],
    ],
    [
      'an action',
      request({ caller: mine(statement({ Action: `s3:${OPEN}` })) }),
      ['identity mine 1: may allow the call: its Action is s3:<parameter Open>'],
    ],
    [
      'further policies of the role',
      request({ caller: role(OUTSIDE) }),
      ['identity - -: the role is not in the assembly'],
    ],
    [
      'the policy of the resource',
      request({ caller: mine(statement()), resourceAccount: AWAY, resourcePolicy: OUTSIDE }),
      ['resource - -: the role is not in the assembly'],
    ],
    [
      'a document that is none',
      request({ caller: role(set({ name: 'mine', document: OPEN })) }),
      ['identity mine -: the document is invalid or unknown'],
    ],
    ['a statement', request({ caller: mine(OPEN) }), ['identity mine -: statement 1 is unknown']],
    [
      'whether a policy is there',
      request({ caller: role(set({ ...policy('mine', statement()), uncertainty: 'it has a condition' })) }),
      ['identity mine 1: may allow the call: it has a condition'],
    ],
    [
      'whether a policy that denies is there',
      request({
        caller: role(
          set(policy('mine', statement()), {
            ...policy('guard', statement({ Effect: 'Deny' })),
            uncertainty: 'it has a condition',
          }),
        ),
      }),
      ['identity guard 1: may deny the call: it has a condition'],
    ],
    [
      'whose the resource is',
      request({ caller: mine(statement()), resourceAccount: OPEN }),
      ['resource - -: it is unknown whether the caller and the resource are in the same account'],
    ],
  ])('%s', (_, asked, reasons) =>
    expect(explained(evaluate(asked))).toEqual(['UNKNOWN', ...reasons.map((reason) => `unknown ${reason}`)]),
  );

  test.each<[string, AccessRequest, string]>([
    [
      'that what is known allows already',
      request({ caller: role({ policies: [policy('mine', statement())], outside: 'more' }) }),
      'ALLOWED',
    ],
    ['that cannot make good what lacks', request({ caller: role(OUTSIDE), resourceAccount: AWAY }), 'DENIED'],
    [
      'that cannot make good what denies',
      request({ caller: role({ policies: [policy('mine', statement({ Effect: 'Deny' }))], outside: 'more' }) }),
      'DENIED',
    ],
    ['whose account does not matter', request({ resourceAccount: OPEN }), 'DENIED'],
    [
      'beside a statement that is surely met',
      request({ caller: mine(statement(), statement({ Resource: OPEN })) }),
      'ALLOWED',
    ],
  ])('returns no unknown reason %s', (_, asked, verdict) => expect(evaluate(asked).verdict).toBe(verdict));
});

describe('returns a reason for every verdict', () => {
  const principals = fc.constantFrom<unknown>(
    '*',
    ROLE,
    HOME,
    AWAY,
    `arn:aws:iam::${HOME}:root`,
    OPEN,
    [AWAY, OPEN],
    `${ROLE}2`,
  );
  const one = fc.record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.constantFrom('s3:GetObject', '*', 'sns:*', `s3:${OPEN}`),
    Resource: fc.constantFrom('*', OBJECT, 'x', OPEN),
    Principal: principals.map((AWS) => ({ AWS })),
    Condition: fc.constantFrom({}, {}, IS_V, { StringEquals: { k: 'w' } }, { StringEquals: { other: 'v' } }),
  });
  const policies = fc.record({
    policies: fc.array(
      fc.array(one, { maxLength: 2 }).map((all) => policy('p', ...all)),
      { maxLength: 2 },
    ),
    outside: fc.constantFrom(undefined, undefined, 'there may be more'),
  });
  const perhaps = fc.option(policies, { nil: undefined });
  const requests: fc.Arbitrary<AccessRequest> = fc.record({
    caller: fc
      .tuple(policies, perhaps, perhaps)
      .map(([identity, boundary, session]) => role(identity, { boundary, session })),
    action: fc.constantFrom('s3:GetObject', 'kms:Decrypt', 'sts:AssumeRole', 'iam:PassRole'),
    resource: fc.constantFrom(OBJECT, KEY()),
    resourceAccount: fc.constantFrom(HOME, AWAY, OPEN),
    resourcePolicy: policies,
    context: fc.constant({ k: ['v'] }),
  });

  test('for any policies', () => {
    fc.assert(
      fc.property(requests, (asked) => {
        const { verdict, reasons: because } = evaluate(asked);
        expect(because.length).toBeGreaterThan(0);
        const findings = new Set(because.map(({ finding }) => finding));
        expect(findings.size).toBe(1);
        expect({ ALLOWED: ['allows'], UNKNOWN: ['unknown'], DENIED: ['denies', 'does-not-allow'] }[verdict]).toContain(
          [...findings][0],
        );
        for (const { explanation: words } of because) expect(words).toMatch(/\w{2,} \w{2,}/);
      }),
      { numRuns: Number(process.env.RUNS ?? 3000) },
    );
  });

  test('for a session that may be named in addition to the account', () => {
    const { verdict, reasons: because } = evaluate(
      request({ resourcePolicy: theirs(from([HOME, `arn:aws:sts::${HOME}:assumed-role/deploy/one`])) }),
    );
    expect(verdict).toBe('UNKNOWN');
    expect(because).not.toEqual([]);
  });
});
