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
import { inSameRegion } from '../../../src/sources/resource/read-resource';
import { denialsOf, findingsOf, unmodelledOf } from '../../check/verdicts';
import { HOME } from '../../helpers/started';
import { actionsOf, type CfnTemplate, resourcesOf, statementsOf } from '../../helpers/synth';

const SOURCE_ENV = { account: '222222222222', region: 'eu-west-1' };
const THIRD = { account: '333333333333', region: 'eu-west-1' };

function build() {
  return [PipelineStage.steps('Build', [BuildStep.shell(['make'], { outputDirectory: 'out' })])];
}

interface Environments {
  readonly pipelineEnv?: object;
  readonly sourceEnv?: object;
}
type Sources = (sourceStack: Stack, pipelineStack: Stack) => PipelineSource[];

/** Creates a pipeline whose sources are in stacks of other accounts. */
function createPipeline(
  sources: Sources,
  props: Partial<DeliveryPipelineProps> = {},
  { pipelineEnv = HOME, sourceEnv = SOURCE_ENV }: Environments = {},
) {
  const app = new App();
  const sourceStack = new Stack(app, 'Repositories', { env: sourceEnv });
  const pipelineStack = new Stack(app, 'Shop', { env: pipelineEnv });
  new DeliveryPipeline(pipelineStack, 'Delivery', {
    sources: sources(sourceStack, pipelineStack),
    stages: build(),
    ...props,
  });
  return { app, pipelineStack, sourceStack };
}

function stacksOf(...request: Parameters<typeof createPipeline>) {
  return readInput(createPipeline(...request).app.synth().directory);
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

const SOURCES: Readonly<Record<string, Sources>> = {
  'a repository': (sourceStack) => [PipelineSource.codeCommit(repository(sourceStack), 'main')],
  'an imported repository': (_, pipelineStack) => [
    PipelineSource.codeCommit(
      codecommit.Repository.fromRepositoryArn(pipelineStack, 'Code', 'arn:aws:codecommit:eu-west-1:222222222222:shop'),
      'main',
    ),
  ],
  'a bucket': (sourceStack) => [
    PipelineSource.s3(new s3.Bucket(sourceStack, 'Data', { bucketName: 'acme-data', versioned: true }), 'data.zip'),
  ],
  'a bucket with a generated name': (sourceStack) => [
    PipelineSource.s3(
      new s3.Bucket(sourceStack, 'Data', { bucketName: PhysicalName.GENERATE_IF_NEEDED, versioned: true }),
      'data.zip',
    ),
  ],
  'a bucket with a key': (sourceStack) => [
    PipelineSource.s3(
      new s3.Bucket(sourceStack, 'Data', {
        bucketName: 'acme-data',
        versioned: true,
        encryption: s3.BucketEncryption.KMS,
      }),
      'data.zip',
    ),
  ],
  images: (sourceStack) => [PipelineSource.ecr(new ecr.Repository(sourceStack, 'Images', { repositoryName: 'shop' }))],
  'two of one account and one of a third': (sourceStack) => [
    PipelineSource.codeCommit(repository(sourceStack), 'main'),
    PipelineSource.ecr(new ecr.Repository(sourceStack, 'Images', { repositoryName: 'shop' }), { stepName: 'Images' }),
    PipelineSource.codeCommit(
      repository(new Stack(sourceStack.node.scope as App, 'More', { env: THIRD }), 'more'),
      'main',
      {
        stepName: 'More',
      },
    ),
  ],
};
const REPOSITORY = SOURCES['a repository'];

describe.each(Object.entries(SOURCES))('%s in another account', (_, sources) => {
  const stacks = stacksOf(sources);

  test('passes the check without findings', () => {
    const report = check(stacks);
    expect(report.pipelines).toHaveLength(1);
    expect([denialsOf(report), unmodelledOf(report), findingsOf(report).map(({ message }) => message)]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('connects stacks of different accounts by literal names only', () => {
    expect(JSON.stringify(stacks.map(({ template }) => template))).not.toMatch(
      /Fn::ImportValue|Fn::GetStackOutput|Custom::CrossRegionExport|"Export"/,
    );
  });
});

test('deploys the role and the rule in the account of the source before the pipeline', () => {
  const { app, pipelineStack, sourceStack } = createPipeline(REPOSITORY);
  const { stacks } = app.synth();

  function before(name: string) {
    return stacks
      .find(({ stackName }) => stackName === name)!
      .dependencies.map(({ id }) => id)
      .filter((id) => !id.endsWith('.assets'))
      .sort();
  }

  expect(before('Shop')).toEqual([sourceStack.stackName, 'Shop-Delivery-events', 'Shop-Delivery-sources-222222222222']);
  // CloudFormation may fail to create a rule whose target rejects its events.
  expect(before('Shop-Delivery-sources-222222222222')).toEqual(['Shop-Delivery-events']);
  expect(before('Shop-Delivery-events')).toEqual([]);
  expect(stacks.map(({ stackName, environment: { account } }) => [stackName, account]).sort()).toEqual([
    ['Repositories', SOURCE_ENV.account],
    ['Shop', HOME.account],
    ['Shop-Delivery-events', HOME.account],
    ['Shop-Delivery-sources-222222222222', SOURCE_ENV.account],
  ]);
  expect(pipelineStack.account).toBe(HOME.account);
});

/** Returns the strings of a template with a resolved partition. */
function filled<T>(value: unknown): T {
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) => {
      const { 'Fn::Join': join, 'Fn::Sub': sub } = (item ?? {}) as {
        'Fn::Join'?: [string, unknown[]];
        'Fn::Sub'?: string;
      };
      const text =
        join?.[1].map((part) => (typeof part === 'string' ? part : 'aws')).join('') ??
        sub?.replace('${AWS::Partition}', 'aws');
      return text ?? item;
    }),
  ) as T;
}

test('forwards a change from a rule in the account of the source to an event bus with a rule for that account', () => {
  const stacks = stacksOf(REPOSITORY);
  const PATTERN = {
    account: [SOURCE_ENV.account],
    source: ['aws.codecommit'],
    'detail-type': ['CodeCommit Repository State Change'],
    resources: ['arn:aws:codecommit:eu-west-1:222222222222:shop'],
    detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['main'] },
  };
  const [[, { Properties: bus }]] = resourcesOf(templateOf(stacks, 'Shop-Delivery-events'), 'AWS::Events::EventBus');
  const busArn = `arn:aws:events:eu-west-1:111111111111:event-bus/${bus.Name}`;

  const sourceTemplate = templateOf(stacks, 'Shop-Delivery-sources-222222222222');
  const [[, { Properties: forward }]] = resourcesOf(sourceTemplate, 'AWS::Events::Rule');
  expect(filled(forward)).toMatchObject({
    EventPattern: PATTERN,
    Targets: [{ Arn: busArn, RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ForwardRole/), 'Arn'] } }],
  });
  // EventBridge forwards only whole events to an event bus in another account.
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
    StatementId: 'Sources',
    Statement: { Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: 'events:PutEvents', Resource: busArn },
  });
});

test('runs the action under a role in the account of the source and allows that role to use the artifact key', () => {
  const stacks = stacksOf(REPOSITORY);
  const pipelineStack = templateOf(stacks, 'Shop');
  const [source] = actionsOf(pipelineStack) as unknown as Array<{
    RoleArn: unknown;
    Region?: string;
    Configuration: object;
  }>;
  const roles = resourcesOf(templateOf(stacks, 'Shop-Delivery-sources-222222222222'), 'AWS::IAM::Role').map(
    ([, { Properties }]) => Properties,
  );
  const [reads] = roles.filter(({ Description }) => /^Reads/.test(Description as string));
  expect(filled(source.RoleArn)).toBe(`arn:aws:iam::222222222222:role/${reads.RoleName}`);
  expect(source.Region).toBeUndefined();
  expect(source.Configuration).toMatchObject({ RepositoryName: 'shop' });
  for (const { RoleName } of roles) expect((RoleName as string).length).toBeLessThanOrEqual(64);
  const [[, { Properties: pipelineRole }]] = resourcesOf(pipelineStack, 'AWS::IAM::Role').filter(([id]) =>
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
  expect(JSON.stringify(pipelineStack.Resources)).toContain('AWS::KMS::Key');
  // The role of the pipeline itself reads no repository.
  expect(JSON.stringify(statementsOf(pipelineStack))).not.toContain('codecommit:');
});

test.each<[string, string[]]>([
  ['a repository', ['s3:ListBucket']],
  ['a bucket', ['s3:PutObjectTagging', 's3:GetObjectTagging', 's3:GetObjectVersionTagging']],
])('allows the role of %s what only its kind of source does with the artifact bucket', (kind, calls) => {
  const stacks = stacksOf(SOURCES[kind]);
  const actions = stacks.flatMap(({ template }) =>
    Object.values((template as unknown as CfnTemplate).Resources).flatMap(({ Type, Properties }) => {
      const { PolicyDocument, Policies = [] } = Properties as Record<string, any>;
      const documents = [PolicyDocument, ...Policies.map((policy: any) => policy.PolicyDocument)].filter(Boolean);
      return documents
        .flatMap(({ Statement }) => Statement)
        .filter((statement) => !/acme-data/.test(JSON.stringify(statement.Resource)))
        .flatMap(({ Action }) => [Action].flat())
        .filter((action) => /ListBucket$|Tagging$/.test(action))
        .map((action) => `${Type} ${action}`);
    }),
  );
  expect(actions.sort()).toEqual(
    ['AWS::IAM::Role', 'AWS::S3::BucketPolicy'].flatMap((type) => calls.map((call) => `${type} ${call}`)).sort(),
  );
});

test('shortens the role names of long source and pipeline names', () => {
  const stacks = stacksOf(
    (sourceStack) => [PipelineSource.codeCommit(repository(sourceStack), 'main', { stepName: 'S'.repeat(60) })],
    { pipelineName: 'p'.repeat(100) },
  );
  const names = stacks
    .flatMap(({ stackName }) => resourcesOf(templateOf(stacks, stackName), 'AWS::IAM::Role'))
    .map(([, { Properties }]) => Properties.RoleName)
    .filter((name): name is string => typeof name === 'string');
  expect(names).toHaveLength(3);
  for (const name of names) expect(name).toMatch(/^[\w+=,.@-]{1,64}$/);
});

test('forwards no events of a source that starts no executions', () => {
  const stacks = stacksOf(REPOSITORY, { triggers: [PipelineTrigger.manual()] });
  expect(stacks.map(({ stackName }) => stackName).sort()).toEqual([
    'Repositories',
    'Shop',
    'Shop-Delivery-sources-222222222222',
  ]);
  expect(JSON.stringify(stacks.map(({ template }) => template))).not.toContain('AWS::Events::');
  expect(denialsOf(check(stacks))).toEqual([]);
});

test('starts two pipelines once each for a push to a shared repository in another account', () => {
  const app = new App();
  const code = repository(new Stack(app, 'Repositories', { env: SOURCE_ENV }));
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
    const names = all(type).flatMap((properties) => properties[name] ?? []);
    expect(names.length).toBeGreaterThan(1);
    expect(new Set(names).size).toBe(names.length);
  }
  // Each rule in the account of the source sends to one event bus, and each bus has one rule.
  const targets = all('AWS::Events::Rule')
    .flatMap(({ Targets }) => (Targets as Array<{ Arn: unknown }>).map(({ Arn }) => Arn))
    .filter((arn) => /event-bus/.test(String(arn)));
  expect(targets).toHaveLength(2);
  expect(new Set(targets).size).toBe(2);
  expect(new Set(all('AWS::Events::Rule').flatMap(({ EventBusName }) => EventBusName ?? [])).size).toBe(2);
  expect(denialsOf(check(stacks))).toEqual([]);
});

describe('the check detects a missing', () => {
  type Statement = Record<string, any>;

  /** Removes statements from every policy document of a resource type. */
  function without(type: string, matches: (statement: Statement) => boolean) {
    return stacksOf(REPOSITORY).map((stack): AssemblyStack => ({
      ...stack,
      template: JSON.parse(JSON.stringify(stack.template), (_, value) => {
        if (value?.Type !== type) return value;
        return JSON.parse(JSON.stringify(value), (k, v) =>
          k === 'Statement' && Array.isArray(v) ? v.filter((statement: Statement) => !matches(statement)) : v,
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
    return ({ Action }: Statement) => [Action].flat().some((name) => action.test(name as string));
  }

  function names(text: string) {
    return (statement: Statement) => JSON.stringify(statement).includes(text);
  }

  function both(...predicates: Array<(statement: Statement) => boolean>) {
    return (statement: Statement) => predicates.every((predicate) => predicate(statement));
  }

  test('finds nothing in the complete stacks', () =>
    expect(denialsOf(check(without('AWS::IAM::Role', () => false)))).toEqual([]));

  test.each<[string, () => AssemblyStack[], RegExp]>([
    ['policy of the event bus', () => dropped('AWS::Events::EventBusPolicy'), /events:PutEvents/],
    [
      'permission of the rule role to send events',
      () => without('AWS::IAM::Role', does(/^events:PutEvents/)),
      /events:PutEvents/,
    ],
    [
      'trust policy of the rule role',
      () => without('AWS::IAM::Role', both(does(/^sts:/), names('events.amazonaws.com'))),
      /sts:AssumeRole/,
    ],
    [
      'permission to start the pipeline',
      () => without('AWS::IAM::Role', does(/^codepipeline:Start/)),
      /codepipeline:StartPipelineExecution/,
    ],
    [
      'trust policy of the source role',
      () => without('AWS::IAM::Role', both(does(/^sts:/), names('aws:PrincipalArn'))),
      /sts:AssumeRole/,
    ],
    [
      'permission of the pipeline to assume the source role',
      () => without('AWS::IAM::Policy', does(/^sts:/)),
      /sts:AssumeRole/,
    ],
    [
      'permission of the source role to read the source',
      () => without('AWS::IAM::Role', does(/^codecommit:/)),
      /codecommit:GetBranch/,
    ],
    [
      'permission of the source role to write artifacts',
      () => without('AWS::IAM::Role', both(does(/^s3:PutObject$/), names('s3:ResourceAccount'))),
      /s3:PutObject/,
    ],
    [
      'permission of the source role to use the artifact key',
      () => without('AWS::IAM::Role', both(does(/^kms:/), names('kms:ViaService'))),
      /kms:GenerateDataKey/,
    ],
    [
      'statement of the key policy for the source role',
      () => without('AWS::KMS::Key', names('aws:PrincipalArn')),
      /kms:GenerateDataKey/,
    ],
    [
      'statement of the bucket policy for the source role',
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

describe('validation of accounts and Regions', () => {
  test.each<[string, Sources, Environments, ...string[]]>([
    [
      'a bucket without a name',
      (sourceStack) => [PipelineSource.s3(new s3.Bucket(sourceStack, 'Data', { versioned: true }), 'data.zip')],
      {},
      "'sources[0].bucket' must have an explicit name, because it is in another account, got " +
        '"Repositories/Data"; set one, e.g. bucketName: \'acme-shop\'',
    ],
    [
      'images without a name',
      (sourceStack) => [PipelineSource.ecr(new ecr.Repository(sourceStack, 'Images'))],
      {},
      "'sources[0].repository' must have an explicit name, because it is in another account, got " +
        '"Repositories/Images"; set one, e.g. repositoryName: \'acme-shop\'',
    ],
    [
      'a full clone',
      (sourceStack) => [PipelineSource.codeCommit(repository(sourceStack), 'main', { fullClone: true })],
      {},
      "'sources[0].fullClone' must not be set for a repository in another account, got true; remove it, or " +
        'move the pipeline to the account of the repository; CodeCommit allows clones only within an account',
    ],
    [
      'another region',
      REPOSITORY,
      { sourceEnv: { ...SOURCE_ENV, region: 'us-east-1' } },
      `'sources[0].repository' must ${inSameRegion('eu-west-1')}, got "222222222222/us-east-1"; create ` +
        `the pipeline in the Region of the repository; its environments can be in other Regions`,
    ],
    [
      'a pipeline of an unknown account',
      REPOSITORY,
      { pipelineEnv: {} },
      "'sources[0].repository' must be used in a pipeline stack with a concrete account, because the resource " +
        'has one, got "Repositories/Code-shop in 222222222222"; set both on the stack of the pipeline: new ' +
        "Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } }), or import a resource of " +
        'that account by name only',
    ],
    [
      'a pipeline of an unknown region',
      REPOSITORY,
      { pipelineEnv: { account: HOME.account } },
      "'sources[0].repository' must be used in a pipeline stack with a concrete Region, because the resource " +
        'has one, got "Repositories/Code-shop in eu-west-1"; set both on the stack of the pipeline: new ' +
        "Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } }), or import a resource of " +
        'that account by name only',
    ],
    [
      'a repository of an unknown account',
      REPOSITORY,
      { sourceEnv: {} },
      "'sources[0].repository' must have a concrete account, because the pipeline has one, got " +
        '"Repositories/Code-shop"; set both on its stack: new Stack(app, \'Repositories\', { env: { account: ' +
        "'111111111111', region: 'eu-west-1' } })",
    ],
    [
      'a codestar-connections connection in another account',
      () => [
        PipelineSource.gitHub('a/b', 'main', {
          connection: GitConnection.fromArn('arn:aws:codestar-connections:eu-west-1:222222222222:connection/11112222'),
        }),
      ],
      {},
      "'sources[0].connection' must be a connection in the account of the pipeline, 111111111111, or a shared " +
        'connection, got "arn:aws:codestar-connections:eu-west-1:222222222222:connection/11112222"; create a ' +
        'connection of codeconnections in either account; connections of codestar-connections cannot be shared',
    ],
  ])('%s', (_, sources, environments, ...messages) => {
    let message = '';
    try {
      createPipeline(sources, {}, environments);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n')).toEqual(messages.map((line) => `[DeliveryPipeline Shop/Delivery] ${line}`));
  });

  test.each<[string, Sources, Environments]>([
    ['a repository if both accounts are unknown', REPOSITORY, { pipelineEnv: {}, sourceEnv: {} }],
    [
      'a repository with an unresolved ARN',
      (_, pipelineStack) => [
        PipelineSource.codeCommit(
          codecommit.Repository.fromRepositoryArn(
            pipelineStack,
            'Code',
            `arn:aws:codecommit:${Aws.REGION}:${Aws.ACCOUNT_ID}:shop`,
          ),
          'main',
        ),
      ],
      {},
    ],
    [
      'a repository that is imported by name',
      (_, pipelineStack) => [
        PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(pipelineStack, 'Code', 'shop'), 'main'),
      ],
      { pipelineEnv: {} },
    ],
    [
      'a repository imported by name into a stack with a concrete environment',
      (_, pipelineStack) => [
        PipelineSource.codeCommit(codecommit.Repository.fromRepositoryName(pipelineStack, 'Code', 'shop'), 'main'),
      ],
      {},
    ],
  ])('accepts %s as a source in the account of the pipeline', (_, sources, environments) => {
    const { app } = createPipeline(sources, {}, environments);
    expect(app.node.children.map(({ node }) => node.id).filter((id) => /sources|events/.test(id))).toEqual([]);
  });
});

test('uses a connection of another account by its ARN, whose sharing the check cannot verify', () => {
  const connection = GitConnection.fromArn(
    'arn:aws:codeconnections:eu-west-1:222222222222:connection/11112222-3333-4444-5555-666677778888',
  );
  const report = check(stacksOf(() => [PipelineSource.gitHub('a/b', 'main', { connection })]));
  expect(denialsOf(report)).toEqual([]);
  expect(findingsOf(report).map(({ call, why }) => [call, why])).toEqual([
    [
      'codeconnections:UseConnection',
      'the accounts with which AWS RAM shares ' +
        'arn:aws:codeconnections:eu-west-1:222222222222:connection/11112222-3333-4444-5555-666677778888 are unknown',
    ],
  ]);
});

test('allows the role to use only the key of the bucket if the ARN of the key is known', () => {
  const key = 'arn:aws:kms:eu-west-1:222222222222:key/1234';
  const stacks = stacksOf((sourceStack) => [
    PipelineSource.s3(
      s3.Bucket.fromBucketAttributes(sourceStack, 'Data', {
        bucketName: 'acme-data',
        encryptionKey: kms.Key.fromKeyArn(sourceStack, 'Key', key),
      }),
      'data.zip',
    ),
  ]);
  const sourceTemplate = JSON.stringify(templateOf(stacks, 'Shop-Delivery-sources-222222222222'));
  expect(sourceTemplate).toContain(`"Action":"kms:Decrypt","Resource":"${key}"`);
  expect(sourceTemplate).not.toContain('222222222222:key/*');
});

test('enables the events of the bucket of a source', () => {
  const stacks = stacksOf(SOURCES['a bucket']);
  expect(JSON.stringify(templateOf(stacks, 'Repositories'))).toContain('EventBridgeConfiguration');
});
