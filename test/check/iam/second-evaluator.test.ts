import { type Rule, secondEvaluate } from './second-evaluator';
import type { AccessRequest, Context, PolicySet, RoleCaller } from '../../../src/check/iam/request';

const ROLE = 'arn:aws:iam::111111111111:role/team/Build';
const SESSION = 'arn:aws:sts::111111111111:assumed-role/Build/run';
const OBJECT = 'arn:aws:s3:::bucket/home/file';
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/one';
const TARGET = 'arn:aws:iam::111111111111:role/Target';

function version(Version: string, ...Statement: object[]): PolicySet {
  return { policies: [{ name: 'policy', document: { Version, Statement } }] };
}

function policy(...statements: object[]) {
  return version('2012-10-17', ...statements);
}

const NONE: PolicySet = { policies: [] };

function statement(more: object = {}) {
  return {
    Effect: 'Allow',
    ...('NotAction' in more ? {} : { Action: '*' }),
    ...('NotResource' in more ? {} : { Resource: '*' }),
    ...more,
  };
}

const ALL = policy(statement());
const S3 = policy(statement({ Action: 's3:*' }));
const SNS = policy(statement({ Action: 'sns:*' }));

function grant(principal: unknown) {
  return policy(statement({ Principal: principal }));
}

function trust(principal: unknown) {
  return policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' });
}

/** The role in account 1 reads an object of account 1, and nothing allows it. */
function get(more: Partial<AccessRequest> = {}, caller: Partial<RoleCaller> = {}): AccessRequest {
  return {
    caller: { kind: 'role', arn: ROLE, account: '111111111111', sessionName: 'run', identity: NONE, ...caller },
    action: 's3:GetObject',
    resource: OBJECT,
    resourceAccount: '111111111111',
    resourcePolicy: NONE,
    context: {},
    ...more,
  };
}

function byIdentity(identity: PolicySet, more: Partial<AccessRequest> = {}) {
  return get(more, { identity });
}

function decrypt(resourcePolicy: PolicySet, more: Partial<RoleCaller> = {}, resourceAccount = '111111111111') {
  return get({ action: 'kms:Decrypt', resource: KEY, resourcePolicy, resourceAccount }, more);
}

function when(Condition: object, context: Context, Version = '2012-10-17') {
  return byIdentity(version(Version, statement({ Condition })), { context });
}

function service(resourcePolicy: PolicySet): AccessRequest {
  return { ...get({ resourcePolicy }), caller: { kind: 'service', service: 'codebuild.amazonaws.com' } };
}

const A = 'ALLOWED';
const D = 'DENIED';
type Case = [title: string, request: AccessRequest, verdict: 'ALLOWED' | 'DENIED'];

function verify(cases: readonly Case[]) {
  return test.each(cases)('%s', (_, request, verdict) => expect(secondEvaluate(request)).toBe(verdict));
}

// reference_policies_evaluation-logic_policy-eval-denyallow.html
describe('within an account', () =>
  verify([
    ['a request is denied by default', get(), D],
    ['an identity policy is enough', byIdentity(S3), A],
    [
      'an explicit deny wins',
      byIdentity(policy(statement(), statement({ Effect: 'Deny', Resource: 'arn:aws:s3:::bucket*' }))),
      D,
    ],
    [
      'a resource policy that denies wins',
      byIdentity(S3, { resourcePolicy: policy(statement({ Effect: 'Deny', Principal: '*' })) }),
      D,
    ],
    [
      'a boundary that denies wins even over a named session',
      get({ resourcePolicy: grant({ AWS: SESSION }) }, { boundary: policy(statement({ Effect: 'Deny' })) }),
      D,
    ],
    ['a resource policy that names the role is enough', get({ resourcePolicy: grant({ AWS: ROLE }) }), A],
    ['a public resource policy is enough', get({ resourcePolicy: grant('*') }), A],
    ['a boundary limits identity policies', get({}, { identity: ALL, boundary: SNS }), D],
    [
      'a boundary limits a resource policy that names the role',
      get({ resourcePolicy: grant({ AWS: ROLE }) }, { boundary: SNS }),
      D,
    ],
    [
      'a session policy limits a resource policy that names the role',
      get({ resourcePolicy: grant({ AWS: ROLE }) }, { session: SNS }),
      D,
    ],
    [
      'a session that is named is limited by nothing',
      get({ resourcePolicy: grant({ AWS: SESSION }) }, { boundary: SNS, session: SNS }),
      A,
    ],
    ['boundary and session allow, but no policy grants', get({}, { boundary: ALL, session: ALL }), D],
  ]));

// reference_policies_elements_principal.html and reference_policies_elements_notprincipal.html
describe('principals', () =>
  verify([
    [
      'an account delegates, it does not grant',
      get({ resourcePolicy: grant({ AWS: 'arn:aws:iam::111111111111:root' }) }),
      D,
    ],
    ['a wildcard in an ARN is none', get({ resourcePolicy: grant({ AWS: 'arn:aws:iam::111111111111:role/*' }) }), D],
    [
      'a wildcard for all sessions is none',
      get({ resourcePolicy: grant({ AWS: 'arn:aws:sts::111111111111:assumed-role/Build/*' }) }),
      D,
    ],
    [
      'a service needs only the resource policy',
      service(grant({ Service: ['a.amazonaws.com', 'codebuild.amazonaws.com'] })),
      A,
    ],
    ['a service is no account', service(grant({ AWS: '111111111111' })), D],
    [
      'NotPrincipal denies others',
      byIdentity(S3, { resourcePolicy: policy(statement({ Effect: 'Deny', NotPrincipal: { AWS: '222222222222' } })) }),
      D,
    ],
    [
      'NotPrincipal spares the role',
      byIdentity(S3, { resourcePolicy: policy(statement({ Effect: 'Deny', NotPrincipal: { AWS: ROLE } })) }),
      A,
    ],
  ]));

// reference_policies_evaluation-logic-cross-account.html
describe('across accounts', () =>
  verify([
    ['an identity policy alone is not enough', byIdentity(ALL, { resourceAccount: '222222222222' }), D],
    [
      'a resource policy alone is not enough',
      get({ resourcePolicy: grant({ AWS: SESSION }), resourceAccount: '222222222222' }),
      D,
    ],
    [
      'both are, and the account may be named',
      byIdentity(S3, { resourcePolicy: grant({ AWS: '111111111111' }), resourceAccount: '222222222222' }),
      A,
    ],
  ]));

// kms/latest/developerguide/key-policies.html, key-policy-default.html and key-policy-modifying-external-accounts.html
describe('keys', () =>
  verify([
    [
      'an identity policy without permission from the key policy has no effect',
      decrypt(grant({ AWS: '222222222222' }), { identity: ALL }),
      D,
    ],
    [
      'the account in the key policy enables identity policies',
      decrypt(grant({ AWS: '111111111111' }), { identity: ALL }),
      A,
    ],
    ['the account in the key policy does not replace them', decrypt(grant({ AWS: '111111111111' })), D],
    ['a role in the key policy needs no identity policy', decrypt(grant({ AWS: ROLE })), A],
    ['across accounts both are needed', decrypt(grant({ AWS: ROLE }), {}, '222222222222'), D],
    [
      'an action without a key is an ordinary one',
      get({ action: 'kms:ListKeys', resource: '*' }, { identity: ALL }),
      A,
    ],
  ]));

// reference_policies_evaluation-logic_policy-eval-denyallow.html ("IAM role trust policies … must explicitly allow"),
// id_roles_use_passrole.html
const DENY_ALL = policy({ Effect: 'Deny', Principal: '*', Action: '*' });

function assume(principal: unknown) {
  return get({ action: 'sts:AssumeRole', resource: TARGET, resourcePolicy: trust(principal) });
}

describe('roles', () =>
  verify([
    ['an identity policy does not replace trust', byIdentity(ALL, { action: 'sts:AssumeRole', resource: TARGET }), D],
    ['trust in the account needs an identity policy', assume({ AWS: '111111111111' }), D],
    ['trust in the role is enough', assume({ AWS: ROLE }), A],
    [
      'who may pass a role is no question of trust',
      byIdentity(ALL, { action: 'iam:PassRole', resource: TARGET, resourcePolicy: DENY_ALL }),
      A,
    ],
  ]));

// reference_policies_elements_action.html, …_notaction.html, …_resource.html, …_notresource.html
describe('actions and resources', () =>
  verify([
    ['an action ignores case', byIdentity(policy(statement({ Action: 'S3:getobject' }))), A],
    ['NotAction allows the others', byIdentity(policy(statement({ NotAction: ['iam:*', 's3:Put*'] }))), A],
    ['NotAction spares what it names', byIdentity(policy(statement({ NotAction: 's3:*' }))), D],
    ['a resource respects case', byIdentity(policy(statement({ Resource: 'arn:aws:s3:::Bucket/*' }))), D],
    ['a star crosses slashes and colons', byIdentity(policy(statement({ Resource: 'arn:*/file' }))), A],
    ['a question mark is one character', byIdentity(policy(statement({ Resource: `${OBJECT}?` }))), D],
    [
      'NotResource spares what it names',
      byIdentity(policy(statement({ NotResource: 'arn:aws:s3:::bucket/home/*' }))),
      D,
    ],
  ]));

// reference_policies_elements_condition_operators.html and
// reference_policies_condition-logic-multiple-context-keys-or-values.html
const TAG = 'aws:PrincipalTag/team';
const ARN = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';
const ARN_PATTERN = 'arn:aws:someservice:*:111122223333:finance/*';
describe('conditions', () =>
  verify([
    [
      'keys ignore case, values do not',
      when({ StringEquals: { 'AWS:principaltag/TEAM': 'Blue' } }, { 'aws:principaltag/team': ['blue'] }),
      D,
    ],
    [
      'several values are OR',
      when({ StringEquals: { [TAG]: ['red', 'blue'] } }, { 'aws:principaltag/team': ['blue'] }),
      A,
    ],
    [
      'several values of a negation are NOR',
      when({ StringNotEquals: { [TAG]: ['red', 'blue'] } }, { 'aws:principaltag/team': ['blue'] }),
      D,
    ],
    [
      'several keys are AND',
      when({ StringEquals: { [TAG]: 'blue', 'aws:x': 'y' } }, { 'aws:principaltag/team': ['blue'] }),
      D,
    ],
    ['a missing key does not match', when({ StringLike: { [TAG]: '*' } }, { 'aws:principaltag/team': 'absent' }), D],
    ['a negation is true on a missing key', when({ ArnNotLike: { 'aws:SourceArn': '*' } }, {}), A],
    ['IfExists is true on a missing key', when({ StringLikeIfExists: { [TAG]: 'x' } }, {}), A],
    [
      'Null requires absence',
      when({ Null: { 'aws:TokenIssueTime': 'true' } }, { 'aws:tokenissuetime': ['2024-01-01T00:00:00Z'] }),
      D,
    ],
    [
      'StringLike crosses colons',
      when({ StringLike: { 'aws:SourceArn': ARN_PATTERN } }, { 'aws:sourcearn': [ARN] }),
      A,
    ],
    ['ArnLike does not', when({ ArnLike: { 'aws:SourceArn': ARN_PATTERN } }, { 'aws:sourcearn': [ARN] }), D],
    [
      'numbers are compared as numbers',
      when({ NumericLessThanEquals: { 's3:max-keys': 10 } }, { 's3:max-keys': ['9'] }),
      A,
    ],
    [
      'dates come in two forms',
      when({ DateEquals: { 'aws:CurrentTime': '1704067200' } }, { 'aws:currenttime': ['2024-01-01T00:00:00Z'] }),
      A,
    ],
    ['Bool', when({ Bool: { 'aws:SecureTransport': true } }, { 'aws:securetransport': ['true'] }), A],
    [
      'a range of addresses',
      when({ IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } }, { 'aws:sourceip': ['203.0.113.128'] }),
      D,
    ],
    [
      'a range of long addresses',
      when({ IpAddress: { 'aws:SourceIp': '2001:DB8:1234:5678::/64' } }, { 'aws:sourceip': ['2001:db8:1234:5678::9'] }),
      A,
    ],
    [
      'BinaryEquals',
      when({ BinaryEquals: { key: 'QmluYXJ5VmFsdWVJbkJhc2U2NA==' } }, { key: ['QmluYXJ5VmFsdWVJbkJhc2U2NA=='] }),
      A,
    ],
  ]));

// reference_policies_condition-single-vs-multi-valued-context-keys.html and
// …_condition_examples-multi-valued-context-keys.html
describe('set operators', () =>
  verify([
    [
      'ForAllValues requires every value',
      when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, { 'aws:tagkeys': ['a', 'b'] }),
      D,
    ],
    [
      'ForAllValues is true on no value',
      when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] } }, { 'aws:tagkeys': [] }),
      A,
    ],
    ['Null takes no value for no key', when({ Null: { 'aws:TagKeys': 'false' } }, { 'aws:tagkeys': [] }), D],
    [
      'ForAnyValue requires one value',
      when({ 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a'] } }, { 'aws:tagkeys': ['a', 'b'] }),
      A,
    ],
    ['ForAnyValue is false on no key', when({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['a'] } }, {}), D],
  ]));

// reference_policies_variables.html
function home(variable: string) {
  return `arn:aws:s3:::bucket/${variable}/file`;
}

function at(variable: string, Version?: string) {
  return byIdentity(version(Version ?? '2012-10-17', statement({ Resource: home(variable) })), {
    context: { 'aws:username': ['home'] },
  });
}

describe('variables', () =>
  verify([
    ['are replaced', at('${AWS:UserName}'), A],
    ['need the version', at('${aws:username}', '2008-10-17'), D],
    ['match nothing without a value', at('${aws:userid}'), D],
    ['have defaults', at("${aws:userid, 'home'}"), A],
    ['have defaults with commas', when({ StringEquals: { key: "${aws:userid, 'a, b'}" } }, { key: ['a, b'] }), A],
    ['have one value', when({ StringEquals: { key: '${aws:TagKeys}' } }, { key: ['a'], 'aws:tagkeys': ['a', 'b'] }), D],
    ['hold a star that is none', at('${*}'), D],
  ]));

test('supports broken rules', () => {
  const denied = byIdentity(policy(statement(), statement({ Effect: 'Deny' })));
  expect(secondEvaluate(denied, new Set<Rule>(['explicit-deny-wins']))).toBe('ALLOWED');
});
