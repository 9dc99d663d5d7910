import { type App, aws_codecommit as codecommit, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import {
  BuildStep,
  ContainerRepository,
  DeliveryPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  PipelineStage,
  SelfUpdate,
  TestStep,
} from '../../src';
import { readInput } from '../../src/assembly/input';
import { check } from '../../src/check/check';
import { type CfnTemplate, newApp } from '../helpers/synth';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const source = PipelineSource.gitHub('acme/shop', 'main');
const buildStep = BuildStep.shell(['make'], { outputDirectory: 'dist' });

/** Limits of AWS, written down here once more. */
const LIMITS: Readonly<Record<string, number>> = {
  inline: 10_240,
  managed: 6144,
  trust: 2048,
  bucket: 20_480,
  key: 32_768,
  bus: 10_240,
  repository: 10_240,
};

interface Sized {
  readonly kind: string;
  readonly name: string;
  readonly size: number;
}

/** Size of a document with names, of which those that AWS generates have at most 64 characters. */
function sizeOf(document: unknown, resources: CfnTemplate['Resources']): number {
  const text = JSON.stringify(document, (_, value: unknown) => {
    const { 'Fn::GetAtt': attribute, Ref: ref } = (value ?? {}) as { 'Fn::GetAtt'?: string[]; Ref?: string };
    if (ref?.startsWith('AWS::')) return ref === 'AWS::Partition' ? 'aws' : 'x'.repeat(14);
    if (ref !== undefined) return 'x'.repeat(64);
    if (attribute === undefined) return value;
    const { Type, Properties } = resources[attribute[0]];
    const name = (Properties.Name ?? 'x'.repeat(64)) as string;
    return `arn:aws:${Type === 'AWS::IAM::Role' ? 'iam:' : 'codebuild:eu-west-1'}:111111111111:project/${name}`;
  });
  const joined = text.replace(/\{"Fn::Join":\["",\[((?:"[^"]*",?)*)\]\]\}/g, (_, parts: string) =>
    parts.replace(/","/g, ''),
  );
  return joined.replace(/\{"Fn::Sub":("[^"]*")\}/g, '$1').replace(/\$\{AWS::\w+\}/g, 'x'.repeat(12)).length;
}

function sizesIn(stackName: string, { Resources }: CfnTemplate): Sized[] {
  const inline = new Map<string, number>();

  function add(role: string, document: unknown) {
    inline.set(role, (inline.get(role) ?? 0) + sizeOf(document, Resources));
  }

  const sizes = Object.entries(Resources).flatMap(([id, { Type, Properties }]): Sized[] => {
    const document = Properties.PolicyDocument;
    switch (Type) {
      case 'AWS::IAM::Role':
        for (const one of (Properties.Policies ?? []) as Array<{ PolicyDocument: unknown }>) {
          add(id, one.PolicyDocument);
        }
        return [{ kind: 'trust', name: id, size: sizeOf(Properties.AssumeRolePolicyDocument, Resources) }];
      case 'AWS::IAM::Policy':
        for (const role of Properties.Roles as Array<{ Ref: string }>) add(role.Ref, document);
        return [];
      case 'AWS::IAM::ManagedPolicy':
        return [{ kind: 'managed', name: id, size: sizeOf(document, Resources) }];
      case 'AWS::S3::BucketPolicy':
        return [{ kind: 'bucket', name: id, size: sizeOf(document, Resources) }];
      case 'AWS::KMS::Key':
        return [{ kind: 'key', name: id, size: sizeOf(Properties.KeyPolicy, Resources) }];
      case 'AWS::Events::EventBusPolicy':
        return [{ kind: 'bus', name: id, size: sizeOf(Properties.Statement, Resources) }];
      case 'AWS::ECR::Repository':
        return [{ kind: 'repository', name: id, size: sizeOf(Properties.RepositoryPolicyText ?? '', Resources) }];
      default:
        return [];
    }
  });
  return [...sizes, ...[...inline].map(([name, size]) => ({ kind: 'inline', name, size }))].map((sized) => ({
    ...sized,
    name: `${stackName}/${sized.name}`,
  }));
}

function synthesize(make: (app: App) => void) {
  const app = newApp();
  make(app);
  return app.synth();
}

/** Policies that AWS would refuse. */
function tooLarge({ stacks }: CloudAssembly): Sized[] {
  const all = stacks.flatMap(({ stackName, template }) => sizesIn(stackName, template as CfnTemplate));
  expect(all.length).toBeGreaterThan(2);
  return all.filter(({ kind, size }) => size > LIMITS[kind]);
}

function denials({ directory }: CloudAssembly) {
  const { pipelines } = check(readInput(directory));
  return pipelines.flatMap(({ findings }) => findings).filter(({ verdict }) => verdict === 'DENIED');
}

function accounts(count: number, region = HOME.region) {
  return [...Array(count).keys()].map((i) => ({ account: String(222222222000 + i), region }));
}

interface FleetOptions {
  readonly tests?: boolean;
  /** Whether each environment has a test in its account. */
  readonly testsThere?: boolean;
  readonly region?: string;
  readonly updates?: boolean;
}

function fleetOf(count: number, { tests, testsThere, region, updates }: FleetOptions = {}) {
  const environments = accounts(count, region).map(
    (env, i) =>
      new DeploymentEnvironment(`customer-number-${i}`, {
        env,
        target: DeployTarget.cloudFormationStack('orders'),
        tests: [
          ...(tests ? [TestStep.shell(['./accept.sh'])] : []),
          ...(testsThere ? [TestStep.commands(['./accept.sh'])] : []),
        ],
      }),
  );
  const waves = [0, 10, 20, 30, 40, 50]
    .filter((from) => from < count)
    .map((from) => new DeploymentWave(`wave${from}`, environments.slice(from, from + 10)));
  return (app: App) => {
    const stack = new Stack(app, 'OrdersDelivery', { env: HOME });
    const selfUpdate = updates ? SelfUpdate.fromAssembly(buildStep.artifact) : undefined;
    new MultiEnvPromotionPipeline(stack, 'Orders', { source, buildStep, environments: waves, selfUpdate });
  };
}

/** Environments in many accounts, each in three Regions. */
function fleetInThreeRegions(app: App) {
  const environments = accounts(20).flatMap(({ account }) =>
    ['eu-west-1', 'us-east-1', 'ap-southeast-2'].map(
      (region) =>
        new DeploymentEnvironment(`customer-${account}-${region}`, {
          env: { account, region },
          target: DeployTarget.cloudFormationStack('orders'),
        }),
    ),
  );
  const waves = [0, 20, 40].map((from) => new DeploymentWave(`wave${from}`, environments.slice(from, from + 20)));
  const stack = new Stack(app, 'OrdersDelivery', { env: HOME });
  new MultiEnvPromotionPipeline(stack, 'Orders', { source, buildStep, environments: waves });
}

/** Sources in many accounts, whose changes are forwarded to the event bus of the pipeline. */
function sourcesOf(count: number) {
  return (app: App) => {
    const sources = accounts(count).map(({ account }, i) => {
      const owner = new Stack(app, `Code${i}`, { env: { ...HOME, account } });
      const repository = new codecommit.Repository(owner, 'Repository', { repositoryName: `team-number-${i}` });
      return PipelineSource.codeCommit(repository, 'main', { stepName: `Source${i}` });
    });
    new DeliveryPipeline(new Stack(app, 'OrdersDelivery', { env: HOME }), 'Orders', {
      sources,
      stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
    });
  };
}

function repositoryFor(count: number) {
  return (app: App) => {
    new ContainerRepository(new Stack(app, 'Images', { env: HOME }), 'Images', {
      repositoryName: 'orders',
      pullAccounts: accounts(count).map(({ account }) => account),
      lambdaPull: true,
    });
    fleetOf(1)(app);
  };
}

function buildsOf(count: number) {
  return (app: App) => {
    const steps = [...Array(count).keys()].map((i) =>
      BuildStep.shell(['make'], { stepName: `build-of-the-application-number-${i}`, outputDirectory: 'dist' }),
    );
    new DeliveryPipeline(new Stack(app, 'OrdersDelivery', { env: HOME }), 'Orders', {
      sources: [source],
      stages: [0, 30]
        .filter((from) => from < count)
        .map((from) => PipelineStage.steps(`Build${from}`, steps.slice(from, from + 30))),
    });
  };
}

describe.each<[string, (app: App) => void]>([
  ['60 environments in 60 accounts', fleetOf(60)],
  ['60 environments in 60 accounts of another Region', fleetOf(60, { region: 'us-east-1' })],
  ['60 environments in 60 accounts with tests', fleetOf(60, { tests: true })],
  ['60 environments in 60 accounts with tests there', fleetOf(60, { testsThere: true })],
  ['60 environments in 60 accounts of a pipeline that updates itself', fleetOf(60, { updates: true })],
  ['60 environments in 20 accounts and 3 Regions', fleetInThreeRegions],
  ['40 sources in 40 accounts', sourcesOf(40)],
  ['a repository from which 60 accounts pull', repositoryFor(60)],
  ['60 builds', buildsOf(60)],
])('%s', (_, make) => {
  const assembly = synthesize(make);

  test('have policies that AWS accepts', () => expect(tooLarge(assembly)).toEqual([]));

  test('have all permissions', () => expect(denials(assembly)).toEqual([]));
});

test('keeps the permissions of the pipeline in one policy as long as they fit', () => {
  const types = synthesize(buildsOf(6)).stacks.flatMap(({ template }) =>
    Object.values((template as CfnTemplate).Resources).map(({ Type }) => Type),
  );
  expect(types.filter((type) => type === 'AWS::IAM::Policy')).toHaveLength(1);
  expect(types).not.toContain('AWS::IAM::ManagedPolicy');
});

function arns(count: number) {
  return [...Array(count).keys()].map((i) => `arn:aws:s3:::acme-data-of-customer-number-${i}/*`);
}

test('reports policies that users extend beyond the limit', () => {
  const app = newApp();
  const pipeline = new DeliveryPipeline(new Stack(app, 'Shop', { env: HOME }), 'Delivery', {
    sources: [source],
    stages: [PipelineStage.steps('Build', [buildStep])],
  });
  pipeline
    .buildRole('Build')
    .addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: arns(250) }));
  expect(() => app.synth()).toThrow("'stages' must have at most 6144 characters in the managed policy of Shop/");
});

test('reports the policy of a repository', () => {
  expect(() => synthesize(repositoryFor(200))).toThrow(
    "'pullAccounts' must have at most 10240 characters in the repository policy of Images/Images/Repository/Resource",
  );
});

test('keeps the roles of a small self-update in the inline policy', () => {
  const assembly = synthesize(fleetOf(5, { updates: true }));
  const types = assembly.stacks.flatMap(({ template }) =>
    Object.values((template as CfnTemplate).Resources).map(({ Type }) => Type),
  );
  expect(types).not.toContain('AWS::IAM::ManagedPolicy');
});

test('reports the trust policy of a role', () => {
  const app = newApp();
  const pipeline = new DeliveryPipeline(new Stack(app, 'Shop', { env: HOME }), 'Delivery', {
    sources: [source],
    stages: [PipelineStage.steps('Build', [buildStep])],
  });
  const principals = accounts(60).map(({ account }) => new iam.AccountPrincipal(account));
  pipeline
    .buildRole('Build')
    .assumeRolePolicy!.addStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals }));
  expect(() => app.synth()).toThrow(
    "'stages' must have at most 2048 characters in the trust policy of Shop/Delivery/Build/Role/Resource",
  );
});

test('reports policies of roles for a pipeline of another app', () => {
  const app = newApp();
  const access = new DeploymentAccess(new Stack(app, 'Access', { env: HOME }), 'Access', {
    pipelineName: 'orders',
    pipelineEnv: { account: '222222222222', region: HOME.region },
    environments: [
      new DeploymentEnvironment('live', { target: DeployTarget.cloudFormationStack('orders'), env: HOME }),
    ],
  });
  access
    .cloudFormationRole('live')
    .addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: arns(250) }));
  expect(() => app.synth()).toThrow(
    "'environments' must have at most 6144 characters in the managed policy of Access/",
  );
});

test('reports nothing while policies that users extend fit', () => {
  const app = newApp();
  const pipeline = new DeliveryPipeline(new Stack(app, 'Shop', { env: HOME }), 'Delivery', {
    sources: [source],
    stages: [PipelineStage.steps('Build', [buildStep])],
  });
  pipeline
    .buildRole('Build')
    .addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: arns(150) }));
  expect(tooLarge(app.synth())).toEqual([]);
});
