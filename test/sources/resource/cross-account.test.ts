import {
  App,
  Aws,
  aws_codecommit as codecommit,
  aws_ecr as ecr,
  aws_kms as kms,
  aws_s3 as s3,
  PhysicalName,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  GitConnection,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
} from '../../../src';
import type { AssemblyStack } from '../../../src/assembly/cloud-assembly';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { denialsOf, findingsOf, unmodelledOf } from '../../check/verdicts';
import { HOME } from '../../helpers/started';
import { actionsOf, type CfnTemplate, resourcesOf, statementsOf } from '../../helpers/synth';

const AWAY = { account: '222222222222', region: 'eu-west-1' };
const THIRD = { account: '333333333333', region: 'eu-west-1' };

function build() {
  return [PipelineStage.steps('Build', [BuildStep.shell(['make'], { outputDirectory: 'out' })])];
}

interface Parts {
  readonly home?: object;
  readonly away?: object;
}
type Sources = (away: Stack, home: Stack) => PipelineSource[];

/** A pipeline at home, whose sources are in stacks of other accounts. */
function made(
  sources: Sources,
  props: Partial<DeliveryPipelineProps> = {},
  { home: homeEnv = HOME, away: awayEnv = AWAY }: Parts = {},
) {
  const app = new App();
  const away = new Stack(app, 'Repositories', { env: awayEnv });
  const home = new Stack(app, 'Shop', { env: homeEnv });
  new DeliveryPipeline(home, 'Delivery', { sources: sources(away, home), stages: build(), ...props });
  return { app, home, away };
}

function stacksOf(...request: Parameters<typeof made>) {
  return readInput(made(...request).app.synth().directory);
}

function stackOf(stacks: readonly AssemblyStack[], name: string) {
  return stacks.find(({ stackName }) => stackName === name)!;
}

function templateOf(stacks: readonly AssemblyStack[], name: string) {
  return stackOf(stacks, name).template as unknown as CfnTemplate;
}

function repository(scope: Stack, repositoryName = 'shop') {
  return new codecommit.Repository(scope, `Code-${repositoryName}`, { repositoryName });
}

const MADE: Readonly<Record<string, Sources>> = {
  'a repository': (away) => [PipelineSource.codeCommit(repository(away), 'main')],
  'an imported repository': (_, home) => [
    PipelineSource.codeCommit(
      codecommit.Repository.fromRepositoryArn(home, 'Code', 'arn:aws:codecommit:eu-west-1:222222222222:shop'),
      'main',
    ),
  ],
  'a bucket': (away) => [
    PipelineSource.s3(new s3.Bucket(away, 'Data', { bucketName: 'acme-data', versioned: true }), 'data.zip'),
  ],
  'a bucket with a name that CDK makes': (away) => [
    PipelineSource.s3(
      new s3.Bucket(away, 'Data', { bucketName: PhysicalName.GENERATE_IF_NEEDED, versioned: true }),
      'data.zip',
    ),
  ],
  'a bucket with a key': (away) => [
    PipelineSource.s3(
      new s3.Bucket(away, 'Data', { bucketName: 'acme-data', versioned: true, encryption: s3.BucketEncryption.KMS }),
      'data.zip',
    ),
  ],
  images: (away) => [PipelineSource.ecr(new ecr.Repository(away, 'Images', { repositoryName: 'shop' }))],
  'two of one account and one of a third': (away) => [
    PipelineSource.codeCommit(repository(away), 'main'),
    PipelineSource.ecr(new ecr.Repository(away, 'Images', { repositoryName: 'shop' }), { stepName: 'Images' }),
    PipelineSource.codeCommit(repository(new Stack(away.node.scope as App, 'More', { env: THIRD }), 'more'), 'main', {
      stepName: 'More',
    }),
  ],
};
const REPOSITORY = MADE['a repository'];

describe.each(Object.entries(MADE))('%s in another account', (_, sources) => {
  const stacks = stacksOf(sources);

  test('nothing is denied, nothing unknown, nothing unmodelled', () => {
    const report = check(stacks);
    expect(report.pipelines).toHaveLength(1);
    expect([denialsOf(report), unmodelledOf(report), findingsOf(report).map(({ message }) => message)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('stacks of different accounts know of each other by names only', () => {
    expect(JSON.stringify(stacks.map(({ template }) => template))).not.toMatch(
      /Fn::ImportValue|Fn::GetStackOutput|Custom::CrossRegionExport|"Export"/,
    );
  });
});

test('what reads the source and what tells of its changes are in its account, and are there before the pipeline', () => {
  const { app, home, away } = made(REPOSITORY);
  const { stacks } = app.synth();

  function before(name: string) {
    return stacks
      .find(({ stackName }) => stackName === name)!
      .dependencies.map(({ id }) => id)
      .filter((id) => !id.endsWith('.assets'))
      .sort();
  }

  expect(before('Shop')).toEqual([away.stackName, 'Shop-Delivery-events', 'Shop-Delivery-sources-222222222222']);
  // A rule whose target refuses its events might not be made.
  expect(before('Shop-Delivery-sources-222222222222')).toEqual(['Shop-Delivery-events']);
  expect(before('Shop-Delivery-events')).toEqual([]);
  expect(stacks.map(({ stackName, environment: { account } }) => [stackName, account]).sort()).toEqual([
    ['Repositories', AWAY.account],
    ['Shop', HOME.account],
    ['Shop-Delivery-events', HOME.account],
    ['Shop-Delivery-sources-222222222222', AWAY.account],
  ]);
  expect(home.account).toBe(HOME.account);
});

/** The texts of a template with the partition filled in. */
function filled<T>(value: unknown): T {
  return JSON.parse(
    JSON.stringify(value, (_, one: unknown) => {
      const { 'Fn::Join': join, 'Fn::Sub': sub } = (one ?? {}) as {
        'Fn::Join'?: [string, unknown[]];
        'Fn::Sub'?: string;
      };
      const text =
        join?.[1].map((part) => (typeof part === 'string' ? part : 'aws')).join('') ??
        sub?.replace('${AWS::Partition}', 'aws');
      return text ?? one;
    }),
  ) as T;
}

test('a change goes from a rule there to a bus of the pipeline, where a rule waits for that account', () => {
  const stacks = stacksOf(REPOSITORY);
  const PATTERN = {
    account: [AWAY.account],
    source: ['aws.codecommit'],
    'detail-type': ['CodeCommit Repository State Change'],
    resources: ['arn:aws:codecommit:eu-west-1:222222222222:shop'],
    detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['main'] },
  };
  const [[, { Properties: bus }]] = resourcesOf(templateOf(stacks, 'Shop-Delivery-events'), 'AWS::Events::EventBus');
  const busArn = `arn:aws:events:eu-west-1:111111111111:event-bus/${bus.Name}`;

  const there = templateOf(stacks, 'Shop-Delivery-sources-222222222222');
  const [[, { Properties: forward }]] = resourcesOf(there, 'AWS::Events::Rule');
  expect(filled(forward)).toMatchObject({
    EventPattern: PATTERN,
    Targets: [{ Arn: busArn, RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ForwardRole/), 'Arn'] } }],
  });
  // EventBridge sends on the whole event, or nothing, to a bus of another account.
  expect((forward.Targets as object[])[0]).not.toHaveProperty('InputTransformer');

  const [[, { Properties: start }]] = resourcesOf(templateOf(stacks, 'Shop'), 'AWS::Events::Rule');
  expect(filled(start)).toMatchObject({
    EventBusName: bus.Name,
    EventPattern: PATTERN,
    Targets: [{ InputTransformer: { InputPathsMap: { revision: '$.detail.commitId' } } }],
  });

  const [[, { Properties: policy }]] = resourcesOf(
    templateOf(stacks, 'Shop-Delivery-events'),
    'AWS::Events::EventBusPolicy',
  );
  expect(filled(policy)).toMatchObject({
    StatementId: 'From-222222222222',
    Statement: { Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: 'events:PutEvents', Resource: busArn },
  });
});

test(
  'the action runs under a role of the account of the source, and its artifacts are encrypted with a key that this ' +
    'role may use',
  () => {
    const stacks = stacksOf(REPOSITORY);
    const home = templateOf(stacks, 'Shop');
    const [source] = actionsOf(home) as unknown as Array<{ RoleArn: unknown; Region?: string; Configuration: object }>;
    const roles = resourcesOf(templateOf(stacks, 'Shop-Delivery-sources-222222222222'), 'AWS::IAM::Role').map(
      ([, { Properties }]) => Properties,
    );
    const [reads] = roles.filter(({ Description }) => /^Reads/.test(Description as string));
    expect(filled(source.RoleArn)).toBe(`arn:aws:iam::222222222222:role/${reads.RoleName}`);
    expect(source.Region).toBeUndefined();
    expect(source.Configuration).toMatchObject({ RepositoryName: 'shop' });
    for (const { RoleName } of roles) expect((RoleName as string).length).toBeLessThanOrEqual(64);
    const [[, { Properties: pipelineRole }]] = resourcesOf(home, 'AWS::IAM::Role').filter(([id]) =>
      /^DeliveryRole/.test(id),
    );
    expect(filled(reads.AssumeRolePolicyDocument)).toMatchObject({
      Statement: [
        {
          Principal: { AWS: 'arn:aws:iam::111111111111:root' },
          Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::111111111111:role/${pipelineRole.RoleName}` } },
        },
      ],
    });
    expect(JSON.stringify(home.Resources)).toContain('AWS::KMS::Key');
    // The role of the pipeline itself reads no repository.
    expect(JSON.stringify(statementsOf(home))).not.toContain('codecommit:');
  },
);

test('a long name of a source and of a pipeline still gives roles that IAM takes', () => {
  const stacks = stacksOf(
    (away) => [PipelineSource.codeCommit(repository(away), 'main', { stepName: 'S'.repeat(60) })],
    { pipelineName: 'p'.repeat(100) },
  );
  const names = stacks
    .flatMap(({ stackName }) => resourcesOf(templateOf(stacks, stackName), 'AWS::IAM::Role'))
    .map(([, { Properties }]) => Properties.RoleName)
    .filter((name): name is string => typeof name === 'string');
  expect(names).toHaveLength(3);
  for (const name of names) expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
});

test('a source that starts nothing sends nothing', () => {
  const stacks = stacksOf(REPOSITORY, { triggers: [PipelineTrigger.manual()] });
  expect(stacks.map(({ stackName }) => stackName).sort()).toEqual([
    'Repositories',
    'Shop',
    'Shop-Delivery-sources-222222222222',
  ]);
  expect(JSON.stringify(stacks.map(({ template }) => template))).not.toContain('AWS::Events::');
  expect(denialsOf(check(stacks))).toEqual([]);
});

test('two pipelines on one repository of another account share nothing but the repository, and a push starts each once', () => {
  const app = new App();
  const code = repository(new Stack(app, 'Repositories', { env: AWAY }));
  for (const id of ['Shop', 'Next']) {
    new DeliveryPipeline(new Stack(app, id, { env: HOME }), 'Delivery', {
      sources: [PipelineSource.codeCommit(code, 'main')],
      stages: build(),
    });
  }
  const stacks = readInput(app.synth().directory);

  function all(type: string) {
    return stacks
      .flatMap(({ stackName }) => resourcesOf(templateOf(stacks, stackName), type))
      .map(([, { Properties }]) => filled<Record<string, unknown>>(Properties));
  }

  for (const [type, name] of [
    ['AWS::IAM::Role', 'RoleName'],
    ['AWS::Events::EventBus', 'Name'],
  ]) {
    const names = all(type).flatMap((one) => one[name] ?? []);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(names.length);
  }
  // Each rule there sends to one bus, and on each bus one rule waits.
  const targets = all('AWS::Events::Rule')
    .flatMap(({ Targets }) => (Targets as Array<{ Arn: unknown }>).map(({ Arn }) => Arn))
    .filter((arn) => /event-bus/.test(String(arn)));
  expect(targets).toHaveLength(2);
  expect(new Set(targets).size).toBe(2);
  expect(new Set(all('AWS::Events::Rule').flatMap(({ EventBusName }) => EventBusName ?? [])).size).toBe(2);
  expect(denialsOf(check(stacks))).toEqual([]);
});

describe('the check finds what is missing:', () => {
  type Statement = Record<string, any>;

  /** Takes statements out of every document of a resource type. */
  function without(type: string, is: (statement: Statement) => boolean) {
    return stacksOf(REPOSITORY).map((stack): AssemblyStack => ({
      ...stack,
      template: JSON.parse(JSON.stringify(stack.template), (_, value) => {
        if (value?.Type !== type) return value;
        return JSON.parse(JSON.stringify(value), (k, v) =>
          k === 'Statement' && Array.isArray(v) ? v.filter((one: Statement) => !is(one)) : v,
        );
      }),
    }));
  }

  function dropped(type: string) {
    return stacksOf(REPOSITORY).map((stack): AssemblyStack => {
      const Resources = Object.fromEntries(
        Object.entries(stack.template.Resources ?? {}).filter(([, { Type }]) => Type !== type),
      );
      return { ...stack, template: { ...stack.template, Resources } };
    });
  }

  function does(action: RegExp) {
    return ({ Action }: Statement) => [Action].flat().some((one) => action.test(one as string));
  }

  function names(text: string) {
    return (statement: Statement) => JSON.stringify(statement).includes(text);
  }

  function both(...tests: Array<(statement: Statement) => boolean>) {
    return (statement: Statement) => tests.every((one) => one(statement));
  }

  test('nothing is', () => expect(denialsOf(check(without('AWS::IAM::Role', () => false)))).toEqual([]));

  test.each<[string, () => AssemblyStack[], RegExp]>([
    ['the policy of the bus', () => dropped('AWS::Events::EventBusPolicy'), /events:PutEvents/],
    [
      'what the role of the rule may send',
      () => without('AWS::IAM::Role', does(/^events:PutEvents/)),
      /events:PutEvents/,
    ],
    [
      'the trust of that role',
      () => without('AWS::IAM::Role', both(does(/^sts:/), names('events.amazonaws.com'))),
      /sts:AssumeRole/,
    ],
    [
      'what starts the pipeline',
      () => without('AWS::IAM::Role', does(/^codepipeline:Start/)),
      /codepipeline:StartPipelineExecution/,
    ],
    [
      'the trust of the role of the source',
      () => without('AWS::IAM::Role', both(does(/^sts:/), names('aws:PrincipalArn'))),
      /sts:AssumeRole/,
    ],
    ['what the pipeline may take on', () => without('AWS::IAM::Policy', does(/^sts:/)), /sts:AssumeRole/],
    [
      'what the role of the source may read',
      () => without('AWS::IAM::Role', does(/^codecommit:/)),
      /codecommit:GetBranch/,
    ],
    [
      'what it may write',
      () => without('AWS::IAM::Role', both(does(/^s3:PutObject$/), names('s3:ResourceAccount'))),
      /s3:PutObject/,
    ],
    [
      'the key that it may use',
      () => without('AWS::IAM::Role', both(does(/^kms:/), names('kms:ViaService'))),
      /kms:GenerateDataKey/,
    ],
    [
      'what the key policy says of it',
      () => without('AWS::KMS::Key', names('aws:PrincipalArn')),
      /kms:GenerateDataKey/,
    ],
    [
      'what the bucket policy says of it',
      () => without('AWS::S3::BucketPolicy', both(names('aws:PrincipalArn'), does(/^s3:PutObject$/))),
      /s3:PutObject/,
    ],
  ])('%s', (_, stacks, denied) => {
    expect(
      denialsOf(check(stacks()))
        .filter((line) => line.startsWith('error'))
        .join('\n'),
    ).toMatch(denied);
  });
});

describe('what cannot be is said at synthesis:', () => {
  test.each<[string, Sources, Parts, ...string[]]>([
    [
      'a bucket without a name',
      (away) => [PipelineSource.s3(new s3.Bucket(away, 'Data', { versioned: true }), 'data.zip')],
      {},
      "'sources[0].bucket' must have a name of its own where it is in another account, got " +
        '"Repositories/Data"; give it one, as in bucketName: \'acme-shop\'',
    ],
    [
      'images without a name',
      (away) => [PipelineSource.ecr(new ecr.Repository(away, 'Images'))],
      {},
      "'sources[0].repository' must have a name of its own where it is in another account, got " +
        '"Repositories/Images"; give it one, as in repositoryName: \'acme-shop\'',
    ],
    [
      'a full clone',
      (away) => [PipelineSource.codeCommit(repository(away), 'main', { fullClone: true })],
      {},
      "'sources[0].fullClone' must be left out for a repository of another account, got true; CodeCommit lets " +
        'builds of its own account clone it only: put the pipeline into that account, or do without the history',
    ],
    [
      'another region',
      REPOSITORY,
      { away: { ...AWAY, region: 'us-east-1' } },
      '\'sources[0].repository\' must be in the region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
        'put the pipeline beside the repository; its environments may be elsewhere',
    ],
    [
      'a pipeline of an unknown account',
      REPOSITORY,
      { home: {} },
      "'sources[0].repository' must be read by a pipeline whose own account is known, since its own is, got " +
        '"Repositories/Code-shop in 222222222222"; give the stack of the pipeline both: new Stack(app, \'Shop\', { ' +
        "env: { account: '111111111111', region: 'eu-west-1' } }), or take what is in its account by the name alone",
    ],
    [
      'a pipeline of an unknown region',
      REPOSITORY,
      { home: { account: HOME.account } },
      "'sources[0].repository' must be read by a pipeline whose own region is known, since its own is, got " +
        '"Repositories/Code-shop in eu-west-1"; give the stack of the pipeline both: new Stack(app, \'Shop\', { ' +
        "env: { account: '111111111111', region: 'eu-west-1' } }), or take what is in its account by the name alone",
    ],
    [
      'a repository of an unknown account',
      REPOSITORY,
      { away: {} },
      "'sources[0].repository' must be in a known account, since that of the pipeline is, got " +
        '"Repositories/Code-shop"; give its stack both: new Stack(app, \'Repositories\', { env: { account: ' +
        "'111111111111', region: 'eu-west-1' } })",
    ],
    [
      'a connection of before July 2024 of another account',
      () => [
        PipelineSource.gitHub('a/b', 'main', {
          connection: GitConnection.fromArn('arn:aws:codestar-connections:eu-west-1:222222222222:connection/11112222'),
        }),
      ],
      {},
      "'sources[0].connection' must be a connection of the account of the pipeline, 111111111111, or a shared " +
        'one, got "arn:aws:codestar-connections:eu-west-1:222222222222:connection/11112222"; connections of ' +
        'codestar-connections cannot be shared: make one of codeconnections, here or there',
    ],
  ])('%s', (_, sources, places, ...messages) => {
    let message = '';
    try {
      made(sources, {}, places);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n')).toEqual(messages.map((line) => `[DeliveryPipeline Shop/Delivery] ${line}`));
  });

  test.each<[string, Sources, Parts]>([
    ['both accounts unknown', REPOSITORY, { home: {}, away: {} }],
    [
      'a repository by an ARN that nobody knows yet',
      (_, home) => [
        PipelineSource.codeCommit(
          codecommit.Repository.fromRepositoryArn(
            home,
            'Code',
            `arn:aws:codecommit:${Aws.REGION}:${Aws.ACCOUNT_ID}:shop`,
          ),
          'main',
        ),
      ],
      {},
    ],
    [
      'a repository by its name',
      (_, home) => [PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(home, 'Code', 'shop'), 'main')],
      { home: {} },
    ],
    [
      'a pipeline that starts by itself elsewhere',
      (_, home) => [PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(home, 'Code', 'shop'), 'main')],
      {},
    ],
  ])('%s is no mistake, and counts as the same', (_, sources, places) => {
    const { app } = made(sources, {}, places);
    expect(app.node.children.map(({ node }) => node.id).filter((id) => /sources|events/.test(id))).toEqual([]);
  });
});

test('a connection of another account is used by its ARN; with whom it is shared the check cannot know', () => {
  const connection = GitConnection.fromArn(
    'arn:aws:codeconnections:eu-west-1:222222222222:connection/11112222-3333-4444-5555-666677778888',
  );
  const report = check(stacksOf(() => [PipelineSource.gitHub('a/b', 'main', { connection })]));
  expect(denialsOf(report)).toEqual([]);
  expect(findingsOf(report).map(({ call, why }) => [call, why])).toEqual([
    [
      'codeconnections:UseConnection',
      'with whom AWS RAM shares ' +
        'arn:aws:codeconnections:eu-west-1:222222222222:connection/11112222-3333-4444-5555-666677778888 is not ' +
        'known',
    ],
  ]);
});

test('a bucket with a key that has an ARN lets the role use that key and no other', () => {
  const key = 'arn:aws:kms:eu-west-1:222222222222:key/1234';
  const stacks = stacksOf((away) => [
    PipelineSource.s3(
      s3.Bucket.fromBucketAttributes(away, 'Data', {
        bucketName: 'acme-data',
        encryptionKey: kms.Key.fromKeyArn(away, 'Key', key),
      }),
      'data.zip',
    ),
  ]);
  const there = JSON.stringify(templateOf(stacks, 'Shop-Delivery-sources-222222222222'));
  expect(there).toContain(`"Action":"kms:Decrypt","Resource":"${key}"`);
  expect(there).not.toContain('222222222222:key/*');
});

test('the bucket of a source is told to send its events', () => {
  const stacks = stacksOf(MADE['a bucket']);
  expect(JSON.stringify(templateOf(stacks, 'Repositories'))).toContain('EventBridgeConfiguration');
});
