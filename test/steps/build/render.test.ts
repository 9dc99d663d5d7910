import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  aws_codebuild as codebuild,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  type aws_iam as iam,
  aws_secretsmanager as secretsmanager,
  aws_ssm as ssm,
  Stack,
  Token,
} from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildMemory,
  BuildNetwork,
  BuildSecret,
  BuildSize,
  BuildStep,
  DeliveryPipeline,
  BaseImageSource,
  ImagePlatform,
  PipelineSource,
  PipelineStage,
  type PipelineStep,
  TestStep,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { main } from '../../../src/cli/main';
import { findingsOf } from '../../check/verdicts';
import { projectOf, stackOf, templateOf } from '../../helpers/build-steps';
import { actionsOf, jsonOf, resourcesOf, statementsOf, type CfnTemplate } from '../../helpers/synth';

type Variant = (stack: Stack) => PipelineStep;

function vpcOf(stack: Stack) {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
}

function repositoryOf(stack: Stack) {
  return ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
}

function secretOf(stack: Stack) {
  return secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/token');
}

function parameterOf(stack: Stack) {
  return ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/acme/token' });
}

const VARIANTS: Readonly<Record<string, Variant>> = {
  Python: () => BuildStep.python(),
  Maven: () => BuildStep.maven(),
  Gradle: () => BuildStep.gradle(),
  Go: () => BuildStep.golang(),
  '.NET': () => BuildStep.dotNet(),
  ARM: () => BuildStep.nodeJs({ compute: BuildCompute.arm(BuildSize.LARGE) }),
  Lambda: () => BuildStep.nodeJs({ compute: BuildCompute.awsLambda(BuildMemory.GB_4) }),
  'a VPC with a proxy': (stack) =>
    BuildStep.shell(['make'], { network: BuildNetwork.vpc(vpcOf(stack), { proxy: 'http://proxy:3128' }) }),
  'an image of ECR': (stack) =>
    BuildStep.shell(['make'], {
      compute: BuildCompute.x86(BuildSize.SMALL, { image: BuildImage.fromEcr(repositoryOf(stack), '1') }),
    }),
  'an image of another registry': (stack) =>
    BuildStep.shell(['make'], {
      compute: BuildCompute.x86(BuildSize.SMALL, {
        image: BuildImage.fromRegistry('registry.example.com/tools:1', { credentials: secretOf(stack) }),
      }),
    }),
  secrets: (stack) =>
    BuildStep.shell(['make'], {
      secrets: {
        A: BuildSecret.secretsManager(secretOf(stack), { field: 'key' }),
        B: BuildSecret.parameter(parameterOf(stack)),
      },
    }),
  'a Docker image': (stack) => BuildStep.dockerImage(repositoryOf(stack)),
  'a Docker image on private ones': (stack) =>
    BuildStep.dockerImage(repositoryOf(stack), {
      baseImages: [
        BaseImageSource.ecr(ecr.Repository.fromRepositoryName(stack, 'Golden', 'golden')),
        BaseImageSource.pullThroughCache('docker-hub'),
        BaseImageSource.registry('ghcr.io', secretOf(stack)),
      ],
    }),
  'an image by CodePipeline': (stack) => BuildStep.ecrBuildAndPublish(repositoryOf(stack)),
  commands: (stack) =>
    BuildStep.commands(['make'], {
      outputDirectory: 'out',
      exportedVariables: ['V'],
      secrets: { A: BuildSecret.secretsManager(secretOf(stack)) },
    }),
  'commands in a VPC': (stack) => BuildStep.commands(['make'], { network: BuildNetwork.vpc(vpcOf(stack)) }),
  'a project of the app': (stack) =>
    BuildStep.project(new codebuild.PipelineProject(stack, 'Own'), { producesArtifact: true }),
  'a project that was looked up': (stack) =>
    BuildStep.project(codebuild.Project.fromProjectName(stack, 'Project', 'acme-build'), { batch: true }),
  'a matrix': () => BuildStep.matrix(['make'], { A: ['1', '2'] }, { outputDirectory: 'out', testReports: ['*.xml'] }),
  Jenkins: () => BuildStep.jenkins('shop', { providerName: 'AcmeJenkins', producesArtifact: true }),
};

/** Returns the result of the check for a pipeline with one step. */
function verdict(variant: Variant) {
  return verdictOf((stack) => [variant(stack)]);
}

/** Returns the result of the check for a pipeline with several steps. */
function verdictOf(stepsIn: (stack: Stack) => PipelineStep[]): string {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'build-')) });
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  new DeliveryPipeline(stack, 'Delivery', {
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [PipelineStage.steps('Build', stepsIn(stack))],
  });
  let text = '';
  main(['check', app.synth().directory, '--strict'], {
    out: (part) => (text += part),
    err: (part) => (text += part),
    interactive: false,
  });
  return text.trim().split('\n').pop()!;
}

test.each<[string, (stack: Stack) => BuildStep]>([
  ['of Docker', (stack) => BuildStep.dockerImage(repositoryOf(stack))],
  [
    'of two platforms',
    (stack) => BuildStep.dockerImage(repositoryOf(stack), { platforms: [ImagePlatform.X86_64, ImagePlatform.ARM64] }),
  ],
  ['of CodePipeline', (stack) => BuildStep.ecrBuildAndPublish(repositoryOf(stack), { producesArtifact: true })],
])('allows every call of an image %s, its scan and its test', (_, imageOf) => {
  expect(
    verdictOf((stack) => {
      const image = imageOf(stack);
      return [image, TestStep.imageScan(image), TestStep.dockerImage(image, ['docker run --rm "$IMAGE_URI" true'])];
    }),
  ).toBe('1 pipeline in 1 stack: 0 errors, 0 warnings, 0 unknown, 0 unmodelled.');
});

test.each<[string, (stack: Stack) => PipelineStep[], string[]]>([
  [
    'image builds',
    (stack) => [BuildStep.dockerImage(new ecr.Repository(stack, 'Own'))],
    [
      'BatchCheckLayerAvailability',
      'CompleteLayerUpload',
      'DescribeImages',
      'InitiateLayerUpload',
      'PutImage',
      'UploadLayerPart',
    ],
  ],
  [
    'an index',
    (stack) => [
      BuildStep.dockerImage(new ecr.Repository(stack, 'Own'), {
        platforms: [ImagePlatform.X86_64, ImagePlatform.ARM64],
      }),
    ],
    ['BatchGetImage', 'DescribeImages', 'PutImage'],
  ],
  [
    'a test',
    (stack) => {
      const image = BuildStep.ecrBuildAndPublish(new ecr.Repository(stack, 'Own'));
      return [image, TestStep.dockerImage(image, ['true'], { stepName: 'Image-Test' })];
    },
    ['BatchGetImage', 'GetDownloadUrlForLayer'],
  ],
])('the check detects missing ECR permissions of the commands of %s', (_, stepsIn, calls) => {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'build-')) });
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const steps = stepsIn(stack);
  const delivery = new DeliveryPipeline(stack, 'Delivery', {
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [PipelineStage.steps('Build', steps)],
  });
  (delivery.buildRole(steps.at(-1)!.stepName).node.defaultChild as iam.CfnRole).policies = [];
  const missed = findingsOf(check(readInput(app.synth().directory))).filter(
    ({ verdict: callVerdict, call }) => callVerdict === 'DENIED' && call?.startsWith('ecr:'),
  );
  expect(missed.map(({ call }) => call!.slice('ecr:'.length)).sort()).toEqual(
    [...calls, 'GetAuthorizationToken'].sort(),
  );
  // The calls of commands are derived from the commands, not from documentation.
  expect(new Set(missed.map(({ severity }) => severity))).toEqual(new Set(['warning']));
});

test.each(Object.entries(VARIANTS))('allows every call of %s', (_, variant) => {
  expect(verdict(variant)).toBe('1 pipeline in 1 stack: 0 errors, 0 warnings, 0 unknown, 0 unmodelled.');
});

function rendered(variant: Variant): CfnTemplate {
  const stack = stackOf();
  return templateOf(stack, variant(stack));
}

/** Returns the actions that the role of the project can call, with `*` marked. */
function allowed(template: CfnTemplate, holder: RegExp) {
  return statementsOf(template)
    .filter((statement) => holder.test(statement.holder))
    .flatMap(({ statement }) =>
      [statement.Action].flat().map((action) => (statement.Resource === '*' ? `${action} on *` : action)),
    )
    .sort();
}

test.each(Object.entries(VARIANTS))(
  'Docker may be used where an image is built, and nowhere else: %s',
  (name, variant) => {
    const projects = resourcesOf(rendered(variant), 'AWS::CodeBuild::Project').map(
      ([, { Properties }]) => Properties.Environment as { PrivilegedMode: boolean },
    );
    for (const { PrivilegedMode } of projects) expect(PrivilegedMode).toBe(name.startsWith('a Docker image'));
  },
);

/** Permissions of every build, to read artifacts and write logs, and of a build that produces an artifact. */
const EVERY = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  's3:GetObject',
  's3:GetObjectVersion',
];
const WRITE = ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:PutObject'];
const PULL = [
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken on *',
  'ecr:GetDownloadUrlForLayer',
];

test.each([
  ['an image of ECR', PULL],
  ['an image of another registry', ['secretsmanager:GetSecretValue']],
  ['secrets', ['secretsmanager:GetSecretValue', 'ssm:GetParameters']],
  [
    'a Docker image',
    [
      ...WRITE,
      ...PULL,
      'ecr:CompleteLayerUpload',
      'ecr:DescribeImages',
      'ecr:InitiateLayerUpload',
      'ecr:PutImage',
      'ecr:UploadLayerPart',
    ],
  ],
  [
    'a VPC with a proxy',
    [
      'ec2:CreateNetworkInterface',
      'ec2:CreateNetworkInterfacePermission',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeDhcpOptions on *',
      'ec2:DescribeNetworkInterfaces on *',
      'ec2:DescribeSecurityGroups on *',
      'ec2:DescribeSubnets on *',
      'ec2:DescribeVpcs on *',
    ],
  ],
])('grants the role of a build only the required permissions: %s', (name, additional) => {
  expect(allowed(rendered(VARIANTS[name]), /BuildRole|ImageRole/)).toEqual([...EVERY, ...additional].sort());
});

test('restricts network interfaces to the subnets of the build', () => {
  const statements = statementsOf(rendered(VARIANTS['a VPC with a proxy']));
  const { statement } = statements.find((item) => item.statement.Action === 'ec2:CreateNetworkInterfacePermission')!;
  expect(JSON.stringify(statement.Condition)).toMatch(/subnet\/subnet-1.*subnet\/subnet-2/);
  const resources = statements.find((item) => item.statement.Action === 'ec2:CreateNetworkInterface')!.statement
    .Resource as unknown[];
  expect(
    resources.map((resource) => /(network-interface|subnet|security-group)\/[^"]*/.exec(JSON.stringify(resource))![0]),
  ).toEqual(['network-interface/*', 'subnet/subnet-1', 'subnet/subnet-2', 'security-group/']);
});

test('allows imported subnets and security groups of any account, which may share them', () => {
  function arnsOf(network: (stack: Stack) => BuildNetwork): string[] {
    const template = rendered((stack) => BuildStep.shell(['make'], { network: network(stack) }));
    const { statement } = statementsOf(template).find(
      (item) => item.statement.Action === 'ec2:CreateNetworkInterface',
    )!;
    const [, ...places] = statement.Resource as unknown[];
    return places.map((place) => (JSON.stringify(place).includes(':*:') ? 'any account' : 'this account'));
  }

  expect(
    arnsOf((stack) => {
      const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Shared', {
        vpcId: 'vpc-1',
        availabilityZones: ['eu-west-1a'],
        privateSubnetIds: [Token.asString({ Ref: 'AWS::NoValue' })],
      });
      return BuildNetwork.vpc(vpc, { securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] });
    }),
  ).toEqual(['any account', 'any account']);
  expect(arnsOf((stack) => BuildNetwork.vpc(new ec2.Vpc(stack, 'Own', { maxAzs: 1 })))).toEqual([
    'this account',
    'this account',
  ]);
});

test('renders neither a cache nor a timeout on Lambda', () => {
  const { Environment, Cache, TimeoutInMinutes } = projectOf(rendered(VARIANTS.Lambda));
  expect(Environment).toMatchObject({
    Type: 'LINUX_LAMBDA_CONTAINER',
    ComputeType: 'BUILD_LAMBDA_4GB',
    Image: 'aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22',
    ImagePullCredentialsType: 'CODEBUILD',
  });
  expect([Cache, TimeoutInMinutes]).toEqual([{ Type: 'NO_CACHE' }, undefined]);
});

test('pulls custom images under the role of the build', () => {
  expect(projectOf(rendered(VARIANTS['an image of ECR'])).Environment).toMatchObject({
    ImagePullCredentialsType: 'SERVICE_ROLE',
  });
  expect(projectOf(rendered(VARIANTS['an image of another registry'])).Environment).toMatchObject({
    Image: 'registry.example.com/tools:1',
    ImagePullCredentialsType: 'SERVICE_ROLE',
    RegistryCredential: { CredentialProvider: 'SECRETS_MANAGER', Credential: 'acme/token' },
  });
});

test('caches image layers on the build host and passes the repository', () => {
  const { Cache, Environment } = projectOf(rendered(VARIANTS['a Docker image']));
  expect(Cache).toEqual({ Type: 'LOCAL', Modes: ['LOCAL_DOCKER_LAYER_CACHE'] });
  expect(JSON.stringify(Environment)).toContain('"Name":"IMAGE_REPOSITORY"');
});

test('starts the builds of a matrix under a separate role', () => {
  const template = rendered(VARIANTS['a matrix']);
  expect(projectOf(template).BuildBatchConfig).toEqual({
    ServiceRole: { 'Fn::GetAtt': [expect.stringMatching(/BatchRole/), 'Arn'] },
  });
  expect(allowed(template, /BatchRole/)).toEqual([
    'codebuild:RetryBuild',
    'codebuild:StartBuild',
    'codebuild:StopBuild',
  ]);
  expect(allowed(template, /RolePolicy/)).toEqual(
    expect.arrayContaining(['codebuild:BatchGetBuildBatches', 'codebuild:StartBuildBatch']),
  );
  expect(allowed(template, /RolePolicy/)).not.toContain('codebuild:StartBuild');
});

test('keeps variables of the pipeline out of the project', () => {
  const source = PipelineSource.gitHub('acme/shop', 'main');
  const template = rendered(() =>
    BuildStep.shell(['make'], { environmentVariables: { COMMIT: source.variable('CommitId'), MODE: 'x' } }),
  );
  expect((projectOf(template).Environment as { EnvironmentVariables: unknown }).EnvironmentVariables).toEqual([
    { Name: 'MODE', Type: 'PLAINTEXT', Value: 'x' },
  ]);
});

test('renders no secret values', () => {
  const { Environment } = projectOf(rendered(VARIANTS.secrets)) as { Environment: { EnvironmentVariables: unknown } };
  expect(Environment.EnvironmentVariables).toEqual([
    { Name: 'A', Type: 'SECRETS_MANAGER', Value: 'acme/token:key' },
    { Name: 'B', Type: 'PARAMETER_STORE', Value: '/acme/token' },
  ]);
});

test('renders the environment, variables and files of a Commands action', () => {
  const [, action] = actionsOf(rendered(VARIANTS.commands)) as unknown as Array<Record<string, unknown>>;
  expect(action).toMatchObject({
    EnvironmentVariables: [{ Name: 'A', Value: 'acme/token', Type: 'SECRETS_MANAGER' }],
    OutputVariables: ['V'],
    OutputArtifacts: [{ Name: 'Build', Files: ['out/**/*'] }],
  });
});

test('renders the VPC of a Commands action and allows its network interfaces', () => {
  const template = rendered(VARIANTS['commands in a VPC']);
  const [, { Configuration }] = actionsOf(template);
  expect(Configuration).toEqual({
    VpcId: 'vpc-1',
    Subnets: 'subnet-1,subnet-2',
    SecurityGroupIds: { 'Fn::GetAtt': [expect.stringMatching(/SecurityGroup/), 'GroupId'] },
  });
  expect(allowed(template, /BuildRole/)).toContain('ec2:CreateNetworkInterfacePermission');
});

test('grants a project of the app access to artifacts, but not an imported one', () => {
  const own = allowed(rendered(VARIANTS['a project of the app']), /Own/);
  expect(own).toEqual(
    expect.arrayContaining([
      's3:GetObject',
      's3:GetObjectVersion',
      's3:PutObject',
      's3:GetBucketAcl',
      's3:GetBucketLocation',
    ]),
  );
  expect(resourcesOf(rendered(VARIANTS['a project that was looked up']), 'AWS::CodeBuild::Project')).toEqual([]);
});

test('allows builds to clone a full clone source', () => {
  const stack = stackOf();
  const own = new codebuild.PipelineProject(stack, 'Own');
  new DeliveryPipeline(stack, 'Delivery', {
    sources: [PipelineSource.gitHub('acme/shop', 'main', { fullClone: true })],
    stages: [
      PipelineStage.steps('Build', [
        BuildStep.project(own),
        BuildStep.matrix(['make'], { A: ['1'] }, { stepName: 'Matrix' }),
      ]),
    ],
  });
  for (const holder of [/OwnRole/, /MatrixRole/]) {
    expect(allowed(jsonOf(stack), holder)).toContain('codeconnections:UseConnection');
  }
});

test('renders a Jenkins job as a custom action without a role', () => {
  const template = rendered(VARIANTS.Jenkins);
  const [, action] = actionsOf(template);
  expect(action.ActionTypeId).toEqual({ Category: 'Build', Owner: 'Custom', Provider: 'AcmeJenkins', Version: '1' });
  expect(action).toMatchObject({ Configuration: { ProjectName: 'shop' }, OutputArtifacts: [{ Name: 'Build' }] });
  expect(action.RoleArn).toBeUndefined();
});

test('runs independent steps in parallel', () => {
  const stack = stackOf();
  const build = BuildStep.python();
  const image = BuildStep.dockerImage(repositoryOf(stack), { inputs: [build.artifact] });
  new DeliveryPipeline(stack, 'Delivery', {
    sources: [PipelineSource.gitHub('acme/shop', 'main')],
    stages: [
      PipelineStage.steps('Build', [
        image,
        build,
        BuildStep.golang({ stepName: 'Go' }),
        BuildStep.commands(['./announce "$IMAGE"'], {
          stepName: 'Announce',
          environmentVariables: { IMAGE: image.variable('IMAGE_URI') },
        }),
      ]),
    ],
  });
  expect(
    Object.fromEntries(
      actionsOf(jsonOf(stack))
        .slice(1)
        .map(({ Name, RunOrder }) => [Name, RunOrder]),
    ),
  ).toEqual({ Build: 1, Go: 1, Image: 2, Announce: 3 });
});
