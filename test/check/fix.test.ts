import { errorsOf, fixAll } from './fixes';
import { check } from '../../src/check/check';
import {
  ACTION_ROLE,
  allow,
  Change,
  DEPLOYMENT_ROLE,
  document,
  PIPELINE_ROLE,
  smallPipeline,
  statements,
} from '../helpers/small-pipeline';

type Rewrite = (statement: any) => object;

function policy(id: 'RolePolicy' | 'StorePolicy', sid: string, rewrite?: Rewrite): Change {
  return (resources) => statements(resources[id].Properties.PolicyDocument, sid, rewrite);
}

function key(sid: string): Change {
  return ({ Key }) => statements(Key.Properties.KeyPolicy, sid);
}

function inline(sid: string, rewrite?: Rewrite): Change {
  return ({ ActionRole }) => statements(ActionRole.Properties.Policies[0].PolicyDocument, sid, rewrite);
}

function trust(id: string): Change {
  return (resources) => statements(resources[id].Properties.AssumeRolePolicyDocument, 'Trust');
}

function deny(Action: string, more: object = {}) {
  return { Sid: 'Never', Effect: 'Deny', Action, Resource: '*', ...more };
}

const none: Change = () => {};

/** Lists defects with some of the denied calls and the resources of the fix. */
const CASES: ReadonlyArray<[wrong: string, tools: Change, prod: Change, calls: string, resources: string]> = [
  ['an identity policy lacks a statement', policy('RolePolicy', 'Publish'), none, 'sns:Publish', 'RolePolicy'],
  [
    'an identity policy names another resource',
    policy('RolePolicy', 'Store', (one) => ({ ...one, Resource: 'arn:aws:s3:::stores/*' })),
    none,
    's3:PutObject',
    'RolePolicy',
  ],
  [
    'an identity policy sets a condition that is not met',
    policy('RolePolicy', 'Publish', (one) => ({ ...one, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
    none,
    'sns:Publish',
    'RolePolicy',
  ],
  ['a role may not assume another', policy('RolePolicy', 'Assume'), none, 'sts:AssumeRole', 'RolePolicy'],
  [
    'a role without any policy',
    ({ RolePolicy }) => {
      RolePolicy.Properties.Roles = ['other'];
    },
    none,
    's3:PutObject sts:AssumeRole sns:Publish',
    'Role',
  ],
  [
    'an inline policy lacks a statement',
    none,
    inline('Stacks'),
    'cloudformation:CreateStack cloudformation:UpdateStack cloudformation:DescribeStacks',
    'ActionRole',
  ],
  ['a role may not be passed', none, inline('Pass'), 'iam:PassRole', 'ActionRole'],
  [
    'a role may be passed to another service',
    none,
    inline('Pass', (one) => ({ ...one, Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } })),
    'iam:PassRole',
    'ActionRole',
  ],
  ['a key policy lacks a role of the account', key('Tools'), none, 'kms:GenerateDataKey', 'Key'],
  ['a key policy lacks a role of another account', key('Prod'), none, 'kms:Decrypt', 'Key'],
  ['a role lacks a key of another account', none, inline('Decrypt'), 'kms:Decrypt', 'ActionRole'],
  [
    'a bucket policy lacks a role of another account',
    policy('StorePolicy', 'Prod'),
    none,
    's3:GetObject',
    'StorePolicy',
  ],
  [
    'there is no bucket policy',
    (resources) => {
      delete (resources as Partial<typeof resources>).StorePolicy;
    },
    none,
    's3:GetObject',
    'Store',
  ],
  ['a role lacks a bucket of another account', none, inline('Read'), 's3:GetObject', 'ActionRole'],
  ['neither side allows', policy('StorePolicy', 'Prod'), inline('Read'), 's3:GetObject', 'ActionRole StorePolicy'],
  ['a trust policy lacks a service', trust('Role'), none, 'sts:AssumeRole', 'Role'],
  ['a trust policy lacks a role of another account', none, trust('ActionRole'), 'sts:AssumeRole', 'ActionRole'],
  [
    'the service that a role is passed to is not trusted',
    none,
    trust('CloudFormationRole'),
    'sts:AssumeRole',
    'CloudFormationRole',
  ],
  [
    'an identity policy denies',
    ({ RolePolicy }) => {
      RolePolicy.Properties.PolicyDocument.Statement.push(deny('sns:*'));
    },
    none,
    'sns:Publish',
    'RolePolicy',
  ],
  [
    'an inline policy denies',
    none,
    ({ ActionRole }) => {
      ActionRole.Properties.Policies.push({ PolicyName: 'guard', PolicyDocument: document(deny('iam:*')) });
    },
    'iam:PassRole',
    'ActionRole',
  ],
  [
    'a bucket policy denies',
    ({ StorePolicy }) => {
      StorePolicy.Properties.PolicyDocument.Statement.push(deny('s3:PutObject', { Principal: '*' }));
    },
    none,
    's3:PutObject',
    'StorePolicy',
  ],
  [
    'a key policy denies',
    ({ Key }) => {
      Key.Properties.KeyPolicy.Statement.push(deny('kms:Decrypt', { Principal: { AWS: ACTION_ROLE } }));
    },
    none,
    'kms:Decrypt',
    'Key',
  ],
  [
    'a trust policy denies',
    none,
    ({ CloudFormationRole }) => {
      CloudFormationRole.Properties.AssumeRolePolicyDocument.Statement.push(
        deny('sts:AssumeRole', { Principal: '*', Resource: undefined }),
      );
    },
    'sts:AssumeRole',
    'CloudFormationRole',
  ],
];

function attached(roleName: string, ...Statement: object[]) {
  return {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: 'more', Roles: [roleName], PolicyDocument: document(...Statement) },
  };
}

function guard(...Statement: object[]): Change {
  return (resources) => {
    const Guard = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: 'guard', PolicyDocument: document(...Statement) },
    };
    Object.assign(resources, { Guard });
    resources.Role.Properties.PermissionsBoundary = { Ref: 'Guard' };
  };
}

/** The fix is for the resource that contains the policy, not for another policy of the role. */
const PLACES: typeof CASES = [
  [
    'a boundary lacks a statement',
    guard({ Effect: 'Allow', NotAction: 'sns:*', Resource: '*' }),
    none,
    'sns:Publish',
    'Guard',
  ],
  ['a boundary denies', guard(allow('All', '*', '*'), deny('sns:*')), none, 'sns:Publish', 'Guard'],
  [
    'a second policy denies',
    (resources) => void Object.assign(resources, { More: attached('pipeline', deny('sns:*')) }),
    none,
    'sns:Publish',
    'More',
  ],
  [
    'an inline policy denies beside an attached one',
    none,
    (resources) => {
      Object.assign(resources, { More: attached('deploy', allow('Logs', 'logs:*', '*')) });
      resources.ActionRole.Properties.Policies[0].PolicyDocument.Statement.push(deny('iam:*'));
    },
    'iam:PassRole',
    'ActionRole',
  ],
];

test('returns no fix for a pipeline whose calls are allowed', () => {
  const {
    summary,
    pipelines: [{ calls, findings }],
  } = check(smallPipeline());
  expect(summary).toMatchObject({ pipelines: 1, stacks: 2, errors: 0, warnings: 0, unmodelled: 0 });
  expect(calls.allowed).toBeGreaterThan(30);
  expect(findings.flatMap(({ fix }) => fix)).toEqual([]);
});

function mends(_: string, tools: Change, prod: Change, calls: string, resources: string) {
  const stacks = smallPipeline(tools, prod);
  const report = check(stacks);
  const errors = errorsOf(report);
  expect(errors.map(({ call }) => call)).toEqual(expect.arrayContaining(calls.split(' ')));
  for (const { verdict, fix } of errors) {
    expect(verdict).toBe('DENIED');
    expect(fix.map(({ logicalId }) => logicalId).join(' ')).toBe(resources);
  }
  expect(errorsOf(check(fixAll(stacks, errors)))).toEqual([]);
  // Each finding is fixed by its own fix.
  for (const error of errors) {
    expect(errorsOf(check(fixAll(stacks, [error]))).map(({ id }) => id)).not.toContain(error.id);
  }
}

describe('allows the call after the fix is applied:', () => {
  test.each(CASES)('%s', mends);
  test.each(PLACES)('%s', mends);

  test('fixes all denials at once', () => {
    const stacks = smallPipeline(
      (resources) =>
        [policy('RolePolicy', 'Store'), key('Prod'), policy('StorePolicy', 'Prod')].forEach((change) =>
          change(resources),
        ),
      (resources) =>
        [inline('Pass'), trust('CloudFormationRole'), trust('ActionRole')].forEach((change) => change(resources)),
    );
    expect(errorsOf(check(stacks)).length).toBeGreaterThan(5);
    expect(check(fixAll(stacks, check(stacks).pipelines[0].findings)).summary).toMatchObject({
      errors: 0,
      warnings: 0,
    });
  });
});

describe('a fix', () => {
  const SERVICE = 'cloudformation.amazonaws.com';

  function fixesOf(tools: Change, prod: Change = none) {
    return errorsOf(check(smallPipeline(tools, prod))).flatMap(({ fix }) => fix);
  }

  test.each<[string, Change, Change, object]>([
    [
      'no more than the call',
      none,
      inline('Read'),
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::store/*' },
    ],
    [
      'to whom a role is passed',
      none,
      inline('Pass'),
      {
        Effect: 'Allow',
        Action: 'iam:PassRole',
        Resource: DEPLOYMENT_ROLE,
        Condition: { StringEquals: { 'iam:PassedToService': SERVICE } },
      },
    ],
    [
      'the caller, in a bucket policy',
      policy('StorePolicy', 'Prod'),
      none,
      { Effect: 'Allow', Principal: { AWS: ACTION_ROLE }, Action: 's3:GetObject', Resource: 'arn:aws:s3:::store/*' },
    ],
    [
      'the key itself, in a key policy',
      key('Prod'),
      none,
      { Effect: 'Allow', Principal: { AWS: ACTION_ROLE }, Action: 'kms:Decrypt', Resource: '*' },
    ],
    [
      'no resource, in a trust policy',
      none,
      trust('ActionRole'),
      { Effect: 'Allow', Principal: { AWS: PIPELINE_ROLE }, Action: 'sts:AssumeRole' },
    ],
    [
      'the service, in a trust policy',
      trust('Role'),
      none,
      { Effect: 'Allow', Principal: { Service: 'codepipeline.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  ])('contains %s', (_, tools, prod, statement) =>
    expect(fixesOf(tools, prod).map((fix) => fix.statement)).toEqual([statement]),
  );

  test('names the role, but no resource, if the role is not in the assembly', () => {
    const [tools] = smallPipeline(({ Role }) => {
      Role.Properties.Policies = [{ PolicyName: 'p', PolicyDocument: document(deny('sts:*')) }];
    });
    const [{ fix }] = errorsOf(check([tools]));
    expect(fix).toEqual([
      expect.objectContaining({ change: 'remove', stack: 'Tools', statement: expect.stringContaining('Never') }),
    ]);
    // Unknown policies cause no error: the role in the other account may be allowed by its policies.
    expect(errorsOf(check([smallPipeline()[0]]))).toEqual([]);
  });

  test('replaces an AWS managed key', () => {
    const fixes = fixesOf(({ Pipeline }) => {
      delete Pipeline.Properties.ArtifactStore.EncryptionKey;
    });
    const [to, statement] = [expect.stringContaining('alias/aws/s3'), expect.stringContaining('customer managed key')];
    expect(fixes).toContainEqual({ change: 'replace', to, statement });
  });
});
