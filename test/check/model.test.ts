import type { AssemblyStack } from '../../src/assembly/cloud-assembly';
import { ResourceModel } from '../../src/assembly/resource-model';
import type { Resource, Template } from '../../src/assembly/template';
import { evaluate } from '../../src/check/iam/evaluate';
import type { Caller, Context, PolicySet } from '../../src/check/iam/request';
import { IamModel } from '../../src/check/model/iam-model';
import { EU, PROD, stackOf, TOOLS, US } from '../helpers/stacks';

function worldOf(...stacks: AssemblyStack[]) {
  return new IamModel(new ResourceModel(stacks));
}

/** Creates a distinguishable document. */
function document(Action: string, more: object = {}) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }] };
}

function arn(service: string, resource: string, account = TOOLS) {
  return `arn:aws:${service}:${EU}:${account}:${resource}`;
}

function roleArn(name: string, account = TOOLS) {
  return `arn:aws:iam::${account}:role/${name}`;
}

function of(Type: string, Properties: object = {}): Resource {
  return { Type, Properties: { ...Properties } };
}

function role(more: object = {}) {
  return of('AWS::IAM::Role', { RoleName: 'deploy', AssumeRolePolicyDocument: document('sts:AssumeRole'), ...more });
}

/** Returns the actions of the statements of policies. */
function actionsOf({ policies }: PolicySet) {
  return policies.map(({ document: one }) => (one as ReturnType<typeof document>).Statement[0].Action);
}

function words(set: PolicySet | undefined, model: IamModel) {
  return set?.outside === undefined ? undefined : model.model.show(set.outside);
}

describe('a role has', () => {
  const ROLES = [{ Ref: 'Role' }];

  function policy(type: string, more: object) {
    return of(type, { PolicyName: 'p', ManagedPolicyName: 'm', PolicyDocument: document('a:One'), ...more });
  }

  function aws(name: string) {
    return `arn:aws:iam::aws:policy/${name}`;
  }

  test.each<[string, Resource, Record<string, Resource>, actions: string[], name: RegExp]>([
    [
      'inline policies',
      role({ Policies: [{ PolicyName: 'in', PolicyDocument: document('a:One') }] }),
      {},
      ['a:One'],
      /in.*\bRole\b/,
    ],
    [
      'policies attached by the template',
      role(),
      { P: policy('AWS::IAM::Policy', { Roles: ROLES }) },
      ['a:One'],
      /p.*\bP\b/,
    ],
    [
      'policies of which each is a resource of one role',
      role(),
      { P: policy('AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } }) },
      ['a:One'],
      /p.*\bP\b/,
    ],
    [
      'managed policies that name it',
      role(),
      { P: policy('AWS::IAM::ManagedPolicy', { Roles: ['deploy'] }) },
      ['a:One'],
      /m.*\bP\b/,
    ],
    [
      'managed policies that it names',
      role({ ManagedPolicyArns: [{ Ref: 'P' }] }),
      { P: policy('AWS::IAM::ManagedPolicy', {}) },
      ['a:One'],
      /\bP\b/,
    ],
    [
      'managed policies with a path',
      role({ ManagedPolicyArns: [`arn:aws:iam::${TOOLS}:policy/ops/m`] }),
      { P: policy('AWS::IAM::ManagedPolicy', { Path: '/ops/' }) },
      ['a:One'],
      /\bP\b/,
    ],
    [
      'managed policies of AWS',
      role({ ManagedPolicyArns: [aws('AdministratorAccess')] }),
      {},
      ['*'],
      /AdministratorAccess/,
    ],
    [
      'all of them',
      role({ Policies: [{ PolicyName: 'in', PolicyDocument: document('a:Two') }] }),
      { P: policy('AWS::IAM::Policy', { Roles: ROLES }), Q: policy('AWS::IAM::Policy', { Roles: ROLES }) },
      ['a:Two', 'a:One', 'a:One'],
      /./,
    ],
  ])('%s', (_, Role, more, actions, name) => {
    const model = worldOf(stackOf({ Resources: { Role, ...more } }));
    const { caller, trust, resource, policyResources } = model.roles.byArn(roleArn('deploy'));
    expect(actionsOf(caller.identity)).toEqual(actions);
    expect(caller.identity.policies[0].name).toMatch(name);
    expect([caller.identity.outside, caller.boundary, caller.account, resource?.logicalId]).toEqual([
      undefined,
      undefined,
      TOOLS,
      'Role',
    ]);
    expect(actionsOf(trust)).toEqual(['sts:AssumeRole']);
    const attached = Object.keys(more).filter((id) => more[id].Properties!.Roles ?? more[id].Properties!.RoleName);
    expect(policyResources.map(({ logicalId }) => logicalId)).toEqual(attached);
  });

  test.each<[string, Resource, Record<string, Resource>, outside: RegExp]>([
    [
      'a managed policy of AWS that is not shipped',
      role({ ManagedPolicyArns: [aws('AmazonBraketFullAccess')] }),
      {},
      /AmazonBraketFullAccess is unknown/,
    ],
    [
      'one of the account in another stack',
      role({ ManagedPolicyArns: [`arn:aws:iam::${TOOLS}:policy/guard`] }),
      {},
      /policy\/guard is unknown/,
    ],
    [
      'one that the template leaves open',
      role({ ManagedPolicyArns: [{ 'Fn::ImportValue': 'Guard' }] }),
      {},
      /<export Guard> is unknown/,
    ],
  ])('unknown permissions: %s', (_, Role, more, outside) => {
    const model = worldOf(stackOf({ Resources: { Role, ...more } }));
    expect(words(model.roles.byArn(roleArn('deploy')).caller.identity, model)).toMatch(outside);
  });

  test.each<[string, unknown, string[], RegExp | undefined]>([
    ['of the assembly', { Ref: 'B' }, ['a:One'], undefined],
    ['of AWS', aws('AdministratorAccess'), ['*'], undefined],
    ['of another account', `arn:aws:iam::${TOOLS}:policy/guard`, [], /policy\/guard/],
    ['that the template leaves open', { 'Fn::ImportValue': 'Guard' }, [], /<export Guard>/],
  ])('a boundary %s', (_, PermissionsBoundary, actions, outside) => {
    const model = worldOf(
      stackOf({ Resources: { Role: role({ PermissionsBoundary }), B: policy('AWS::IAM::ManagedPolicy', {}) } }),
    );
    const { boundary } = model.roles.byArn(roleArn('deploy')).caller;
    expect(actionsOf(boundary!)).toEqual(actions);
    if (outside) expect(words(boundary, model)).toMatch(outside);
    else expect(boundary!.outside).toBeUndefined();
  });

  test('only policies of the same account', () => {
    const attaches = { P: policy('AWS::IAM::Policy', { Roles: ['deploy'] }) };
    const model = worldOf(
      stackOf({ Resources: { Role: role() } }),
      stackOf({ Resources: attaches }, { stackName: 'Prod', account: PROD }),
    );
    expect(actionsOf(model.roles.byArn(roleArn('deploy')).caller.identity)).toEqual([]);
    expect(
      actionsOf(
        worldOf(
          stackOf({ Resources: { Role: role() } }),
          stackOf({ Resources: attaches }, { stackName: 'Other', region: US }),
        ).roles.byArn(roleArn('deploy')).caller.identity,
      ),
    ).toEqual(['a:One']);
  });

  test('the attached policies and unknown ones if it is not in the assembly', () => {
    const model = worldOf(stackOf({ Resources: { P: policy('AWS::IAM::Policy', { Roles: ['imported'] }) } }));
    const { caller, trust, resource, policyResources } = model.roles.byArn(roleArn('service-role/imported'));
    expect([
      actionsOf(caller.identity),
      caller.account,
      resource,
      policyResources.map(({ logicalId }) => logicalId),
    ]).toEqual([['a:One'], TOOLS, undefined, ['P']]);
    expect(words(caller.identity, model)).toContain('role/service-role/imported is not in the assembly');
    expect([trust.policies, words(trust, model)]).toEqual([[], words(caller.identity, model)]);
  });

  test('an uncertain policy if its condition is unknown', () => {
    const Conditions = { Maybe: { 'Fn::Equals': [{ 'Fn::ImportValue': 'x' }, 'y'] } };
    const P = { ...policy('AWS::IAM::Policy', { Roles: ROLES }), Condition: 'Maybe' };
    const model = worldOf(stackOf({ Conditions, Resources: { Role: role(), P } }));
    expect(model.roles.byArn(roleArn('deploy')).caller.identity.policies).toEqual([
      expect.objectContaining({ uncertainty: 'the condition of P is unknown' }),
    ]);
  });
});

describe('a resource has', () => {
  function sid(Sid: string) {
    return { Version: '2012-10-17', Statement: [{ Sid, Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
  }

  const FUNCTION = of('AWS::Lambda::Function', { FunctionName: 'f' });

  function bucketPolicy(Bucket: unknown) {
    return of('AWS::S3::BucketPolicy', { Bucket, PolicyDocument: sid('mine') });
  }

  function bus(more: object) {
    return of('AWS::Events::EventBusPolicy', { StatementId: 's', ...more });
  }

  const SENDERS = {
    Statement: { Effect: 'Allow', Principal: { AWS: PROD }, Action: 'events:PutEvents', Resource: '*' },
  };
  const STORE = { Store: of('AWS::S3::Bucket', { BucketName: 'store' }) };

  function targetOf(Resources: Template['Resources'], ofArn: string, home = TOOLS) {
    return worldOf(stackOf({ Resources })).targets.target(ofArn, home);
  }

  test.each<[string, Template['Resources'], string, owner: string | undefined, holder: string | undefined]>([
    ['a bucket, by Ref', { ...STORE, P: bucketPolicy({ Ref: 'Store' }) }, 'arn:aws:s3:::store', 'Store', 'P'],
    ['a bucket, by its name', { ...STORE, P: bucketPolicy('store') }, 'arn:aws:s3:::store', 'Store', 'P'],
    ['an object', { ...STORE, P: bucketPolicy('store') }, 'arn:aws:s3:::store/a/b.zip', 'Store', 'P'],
    ['a bucket without a policy', STORE, 'arn:aws:s3:::store', 'Store', undefined],
    ['a bucket of another name', { ...STORE, P: bucketPolicy('stor') }, 'arn:aws:s3:::store', 'Store', undefined],
    [
      'a topic',
      {
        T: of('AWS::SNS::Topic', { TopicName: 't' }),
        P: of('AWS::SNS::TopicPolicy', { Topics: ['x', { Ref: 'T' }], PolicyDocument: sid('mine') }),
      },
      arn('sns', 't'),
      'T',
      'P',
    ],
    [
      'a queue, by its address',
      {
        Q: of('AWS::SQS::Queue', { QueueName: 'q' }),
        P: of('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }], PolicyDocument: sid('mine') }),
      },
      arn('sqs', 'q'),
      'Q',
      'P',
    ],
    [
      'a repository',
      { R: of('AWS::ECR::Repository', { RepositoryName: 'r', RepositoryPolicyText: sid('mine') }) },
      arn('ecr', 'repository/r'),
      'R',
      'R',
    ],
    [
      'a bus',
      { B: of('AWS::Events::EventBus', { Name: 'b' }), P: bus({ EventBusName: { Ref: 'B' }, ...SENDERS }) },
      arn('events', 'event-bus/b'),
      'B',
      'P',
    ],
    ['the default bus', { P: bus(SENDERS) }, arn('events', 'event-bus/default'), undefined, 'P'],
    [
      'the default bus, by its name',
      { P: bus({ EventBusName: 'default', Principal: PROD, Action: 'events:PutEvents' }) },
      arn('events', 'event-bus/default'),
      undefined,
      'P',
    ],
    [
      'a function, with a version',
      { F: FUNCTION, P: of('AWS::Lambda::Permission', { FunctionName: { Ref: 'F' }, Principal: PROD, Action: '*' }) },
      arn('lambda', 'function:f:7'),
      'F',
      'P',
    ],
    ['a key', { K: of('AWS::KMS::Key', { KeyPolicy: sid('mine') }) }, 'K', 'K', 'K'],
  ])('its policy: %s', (_, Resources, ofArn, owner, holder) => {
    const model = worldOf(stackOf({ Resources }));
    const target = model.targets.target(ofArn === 'K' ? model.model.resources('AWS::KMS::Key')[0].arn! : ofArn, PROD);
    expect([target.account, target.resource?.logicalId]).toEqual([TOOLS, owner]);
    expect(target.policyResources.map(({ logicalId }) => logicalId)).toEqual(holder === undefined ? [] : [holder]);
    expect(target.policy.policies).toHaveLength(holder === undefined ? 0 : 1);
    expect(target.policy.outside === undefined).toBe(owner !== undefined);
  });

  test('an unknown policy if it is not in the assembly', () => {
    const target = targetOf({}, 'arn:aws:s3:::elsewhere/x');
    expect([target.policy.policies, target.resource]).toEqual([[], undefined]);
    expect(target.policy.outside).toContain('arn:aws:s3:::elsewhere is not in the assembly');
    // A bucket that is not in the assembly is taken to be in the account of the caller, or of the pipeline.
    expect([target.account, target.assumption]).toEqual([TOOLS, `bucket elsewhere is in account ${TOOLS}`]);
    expect(targetOf({ P: bucketPolicy('elsewhere') }, 'arn:aws:s3:::elsewhere/x').policy.policies).toHaveLength(1);
  });

  test.each([
    ['*', TOOLS],
    [arn('codebuild', 'project/p', PROD), PROD],
    ['arn:aws:logs:::x', TOOLS],
  ])('no policy: %s', (ofArn, account) => {
    expect(targetOf({}, ofArn)).toEqual({ account, policy: { policies: [] }, policyResources: [] });
  });

  test('a trust policy if it is a role', () => {
    const target = targetOf({ Role: role() }, roleArn('deploy'), PROD);
    expect([target.account, actionsOf(target.policy), target.policyResources[0].logicalId]).toEqual([
      TOOLS,
      ['sts:AssumeRole'],
      'Role',
    ]);
    const elsewhere = targetOf({}, roleArn('deploy', PROD));
    expect(elsewhere).toMatchObject({ account: PROD, policyResources: [], policy: { policies: [] } });
    expect(elsewhere.policy.outside).toContain('is not in the assembly');
  });

  /** A role that may do everything in its account. */
  const ALL: PolicySet = { policies: [{ name: 'all', document: document('*') }] };

  function caller(account: string): Caller {
    return { kind: 'role', arn: roleArn('r', account), account, identity: ALL };
  }

  function verdict(model: IamModel, resource: string, action: string, who: Caller, context: Context) {
    const { account, policy } = model.targets.target(resource, TOOLS);
    return evaluate({ caller: who, action, resource, resourceAccount: account, resourcePolicy: policy, context })
      .verdict;
  }

  test('the default key policy, which delegates to the account, if a key has no policy', () => {
    const model = worldOf(stackOf({ Resources: { K: of('AWS::KMS::Key', {}) } }));
    const key = model.model.resources('AWS::KMS::Key')[0].arn!;
    expect([TOOLS, PROD].map((account) => verdict(model, key, 'kms:Decrypt', caller(account), {}))).toEqual([
      'ALLOWED',
      'DENIED',
    ]);
  });

  test('the policy of an AWS managed key, which allows all principals of the account through the service', () => {
    const key = arn('kms', 'alias/aws/s3');

    function context(account: string, service = 's3'): Context {
      return { 'kms:calleraccount': [account], 'kms:viaservice': [`${service}.${EU}.amazonaws.com`] };
    }

    const verdicts = [
      context(TOOLS),
      context(PROD),
      context(TOOLS, 'sns'),
      { ...context(TOOLS), 'kms:viaservice': 'absent' } as Context,
    ].map((one) => verdict(worldOf(stackOf({})), key, 'kms:Decrypt', caller(one['kms:calleraccount'][0]), one));
    expect(verdicts).toEqual(['ALLOWED', 'DENIED', 'DENIED', 'DENIED']);
  });

  test.each<[string, object, Context, string]>([
    [
      'of the source',
      { SourceArn: arn('events', 'rule/x') },
      { 'aws:sourcearn': [arn('events', 'rule/x')] },
      'ALLOWED',
    ],
    [
      'of another source',
      { SourceArn: arn('events', 'rule/x') },
      { 'aws:sourcearn': [arn('events', 'rule/y')] },
      'DENIED',
    ],
    ['of a source that is not known', { SourceArn: arn('events', 'rule/x') }, {}, 'UNKNOWN'],
    ['of the account', { SourceAccount: TOOLS }, { 'aws:sourceaccount': [TOOLS] }, 'ALLOWED'],
    ['of another account', { SourceAccount: TOOLS }, { 'aws:sourceaccount': [PROD] }, 'DENIED'],
    ['without more', {}, {}, 'ALLOWED'],
    ['for another service', { Principal: 'sns.amazonaws.com' }, {}, 'DENIED'],
  ])('the permission of a function: %s', (_, more, context, expected) => {
    const permission = of('AWS::Lambda::Permission', {
      FunctionName: 'f',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      ...more,
    });
    const model = worldOf(
      stackOf({ Resources: { F: of('AWS::Lambda::Function', { FunctionName: 'f' }), permission } }),
    );
    expect(
      verdict(
        model,
        arn('lambda', 'function:f'),
        'lambda:InvokeFunction',
        { kind: 'service', service: 'events.amazonaws.com' },
        context,
      ),
    ).toBe(expected);
  });

  test.each<[string, object]>([
    ['a statement', SENDERS],
    ['a principal and an action', { Principal: PROD, Action: 'events:PutEvents' }],
    ['everybody', { Principal: '*' }],
  ])('the policy of a bus, in the form of %s', (_, form) => {
    const model = worldOf(
      stackOf({ Resources: { B: of('AWS::Events::EventBus', { Name: 'b' }), P: bus({ EventBusName: 'b', ...form }) } }),
    );
    expect(verdict(model, arn('events', 'event-bus/b'), 'events:PutEvents', caller(PROD), {})).toBe('ALLOWED');
    expect(verdict(model, arn('events', 'event-bus/b'), 'events:PutEvents', caller('333333333333'), {})).toBe(
      'Principal' in form && form.Principal === '*' ? 'ALLOWED' : 'DENIED',
    );
  });
});

describe('keys', () => {
  const Resources = {
    K: { Type: 'AWS::KMS::Key' },
    A: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/store', TargetKeyId: { Ref: 'K' } } },
    B: of('AWS::S3::Bucket', {
      BucketName: 'store',
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: 'alias/store' } }],
      },
    }),
    C: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'plain' } },
    T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 't', KmsMasterKeyId: { Ref: 'K' } } },
  };
  const model = worldOf(stackOf({ Resources }));
  const [{ arn: keyArn, name: keyId }] = model.model.resources('AWS::KMS::Key') as unknown as [
    { arn: string; name: string },
  ];
  const place = { account: TOOLS, region: EU, partition: 'aws' };

  test('are found by ID, alias and ARN', () => {
    for (const id of [keyId, keyArn, 'alias/store', arn('kms', 'alias/store')]) {
      expect(model.keyArn(id, place)).toBe(keyArn);
    }
    expect(model.keyArn('alias/aws/s3', place)).toBe(arn('kms', 'alias/aws/s3'));
    expect(model.keyArn(keyId, { ...place, account: PROD })).toBe(arn('kms', `key/${keyId}`, PROD));
    expect(model.model.show(model.keyArn('alias/elsewhere', place))).toBe(
      arn('kms', `key/<key of ${arn('kms', 'alias/elsewhere')}>`),
    );
  });

  test('encrypt buckets and topics', () => {
    expect([model.bucketKey('arn:aws:s3:::store'), model.topicKey(arn('sns', 't'))]).toEqual([keyArn, keyArn]);
    for (const none of [
      model.bucketKey('arn:aws:s3:::plain'),
      model.bucketKey('arn:aws:s3:::none'),
      model.topicKey('x'),
    ]) {
      expect(none).toBeUndefined();
    }
  });

  test('have aliases', () => {
    expect([model.aliasesOf(keyArn), model.aliasesOf('x')]).toEqual([['alias/store'], undefined]);
    expect(worldOf(stackOf({ Resources: { K: Resources.K } })).aliasesOf(keyArn)).toEqual([]);
  });
});
