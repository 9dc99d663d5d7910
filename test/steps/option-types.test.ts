import {
  App,
  aws_codebuild as codebuild,
  aws_ecr as ecr,
  aws_secretsmanager as secretsmanager,
  Duration,
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
  BaseImageSource,
  SelfUpdate,
  type PipelineStep,
} from '../../src';
import { NON_EMPTY_STRING } from '../../src/pipeline/problems';
import { AN_EXACT_VERSION, oneOf } from '../../src/pipeline/rules';
import { CURATED_IMAGE, A_TAG_OR_DIGEST, AN_IMAGE_NAME } from '../../src/steps/build/build-image';
import { consistOfTypeCharacters } from '../../src/steps/custom/plan';
import { SUPPORTED_PLATFORMS } from '../../src/steps/docker/validate-docker-image';
import { problemsOf } from '../helpers/build-steps';
import { problemsAt } from '../helpers/plans';

/* Not every user has a compiler: whatever is passed ends in a problem at its property, never in a TypeError. */

const stack = new Stack(new App(), 'Shop');
const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
const project = codebuild.Project.fromProjectName(stack, 'Project', 'acme-build');
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/token');

/** Returns a value with a type that the compiler would reject. */
function any(value: unknown) {
  return value as never;
}

function shell(options: unknown) {
  return BuildStep.shell(['make'], any(options));
}

function docker(options: unknown) {
  return BuildStep.dockerImage(repository, any(options));
}

function commands(options: unknown) {
  return BuildStep.commands(['make'], any(options));
}

function existing(options: unknown) {
  return BuildStep.project(project, any(options));
}

function on(compute: BuildCompute) {
  return BuildStep.nodeJs({ compute });
}

function image(buildImage: unknown) {
  return on(BuildCompute.x86(BuildSize.SMALL, { image: any(buildImage) }));
}

function withSecret(buildSecret: BuildSecret) {
  return shell({ secrets: { TOKEN: buildSecret } });
}

function withNetwork(vpc: unknown, options?: unknown) {
  return shell({ network: BuildNetwork.vpc(any(vpc), any(options)) });
}

const tokenSeconds = Duration.seconds(Token.asNumber({ Ref: 'Seconds' }));

const WRONG: ReadonlyArray<[string, PipelineStep, string[]]> = [
  // Every step
  ['a name', shell({ stepName: 5 }), [`'step.stepName' must ${NON_EMPTY_STRING}, got 5`]],
  ['options', shell('dist'), ['\'step.options\' must be an object, got "dist"']],
  ['inputs', shell({ inputs: 'Source' }), ['\'step.inputs\' must be a list, got "Source"']],
  ['an input', shell({ inputs: ['Source'] }), ['\'step.inputs[0]\' must be a PipelineArtifact, got "Source"']],
  ['a step before', commands({ after: [undefined] }), ["'step.after[0]' must be a step of the pipeline, got nothing"]],

  // Projects
  ['no commands', BuildStep.shell(any(undefined)), ["'step.commands' must be a list, got nothing"]],
  ['one command', BuildStep.shell(any('make')), ['\'step.commands\' must be a list, got "make"']],
  ['a command', BuildStep.shell(any(['make', 5])), ["'step.commands[1]' must be a string, got 5"]],
  ['commands before', shell({ installCommands: 'npm ci' }), ['\'step.installCommands\' must be a list, got "npm ci"']],
  [
    'texts',
    shell({
      directory: 5,
      outputDirectory: {},
      cachePaths: 'x',
      testReports: [5],
      coverageReports: 'x',
      exportedVariables: [null],
    }),
    [
      '\'step.cachePaths\' must be a list, got "x"',
      '\'step.coverageReports\' must be a list, got "x"',
      "'step.directory' must be a string, got 5",
      "'step.exportedVariables[0]' must be a string, got null",
      "'step.outputDirectory' must be a string, got {}",
      "'step.testReports[0]' must be a string, got 5",
    ],
  ],
  [
    'records',
    shell({ environmentVariables: { PORT: 8080 }, outputs: ['docs'], secrets: { TOKEN: 'hush' } }),
    [
      "'step.environmentVariables.PORT' must be a string, got 8080",
      '\'step.outputs\' must be an object, got ["docs"]',
      '\'step.secrets.TOKEN\' must be a BuildSecret, got "hush"',
    ],
  ],
  [
    'a machine, a network and a timeout',
    shell({ compute: 'SMALL', network: 'vpc-1', timeout: 30 }),
    [
      '\'step.compute\' must be a BuildCompute, got "SMALL"',
      '\'step.network\' must be a BuildNetwork, got "vpc-1"',
      "'step.timeout' must be a Duration, got 30",
    ],
  ],
  [
    'a timeout in a token of another unit',
    shell({ timeout: tokenSeconds }),
    ["'step.timeout' must be a duration in minutes if it is a token, got "],
  ],
  [
    'commands of a language',
    BuildStep.nodeJs(any({ testCommands: 'npm test', buildCommands: [undefined] })),
    ["'step.buildCommands[0]' must be a string, got nothing", '\'step.testCommands\' must be a list, got "npm test"'],
  ],
  ['a version', BuildStep.python(any({ pythonVersion: 3.13 })), ["'step.pythonVersion' must be a string, got 3.13"]],
  [
    'a version that every object has',
    BuildStep.nodeJs({ nodeVersion: 'toString' }),
    [`'step.nodeVersion' must ${oneOf(['18', '20', '22', '24'])}, got "toString"`],
  ],
  ['options of a language', BuildStep.golang(any(5)), ["'step.options' must be an object, got 5"]],
  [
    'no variables of a matrix',
    BuildStep.matrix(['make'], any(undefined)),
    ["'step.variables' must be an object, got nothing"],
  ],
  [
    'variables of a matrix',
    BuildStep.matrix(['make'], any({ A: '1', B: [2] }), any({ failFast: 'no' })),
    [
      '\'step.failFast\' must be a boolean, got "no"',
      '\'step.variables.A\' must be a list, got "1"',
      "'step.variables.B[0]' must be a string, got 2",
    ],
  ],

  // Parts of projects
  ['a size', on(BuildCompute.x86(any(undefined))), ["'step.compute.size' must be a BuildSize, got nothing"]],
  ['a memory', on(BuildCompute.awsLambda(any(4))), ["'step.compute.memory' must be a BuildMemory, got 4"]],
  [
    'the architecture of Lambda',
    on(BuildCompute.awsLambda(BuildMemory.GB_1, any({ arm: 'yes' }))),
    ['\'step.compute.arm\' must be a boolean, got "yes"'],
  ],
  ['an image', image('node:22'), ['\'step.compute.image\' must be a BuildImage, got "node:22"']],
  [
    'the id of an image',
    image(BuildImage.fromCodeBuild(any(8))),
    [`'step.compute.image' must ${CURATED_IMAGE}, got 8`],
  ],
  [
    'the repository and tag of an image',
    image(BuildImage.fromEcr(any('tools'), any(1))),
    [
      `'step.compute.image' must ${A_TAG_OR_DIGEST}, got 1`,
      '\'step.compute.image.repository\' must be an ECR repository, got "tools"',
    ],
  ],
  [
    'the name and credentials of an image',
    image(BuildImage.fromRegistry(any(undefined), any({ credentials: 'hush' }))),
    [
      `'step.compute.image' must ${AN_IMAGE_NAME}, got nothing`,
      '\'step.compute.image.credentials\' must be a Secrets Manager secret, got "hush"',
    ],
  ],
  [
    'a secret',
    withSecret(BuildSecret.secretsManager(any('acme/token'), any({ field: 5 }))),
    [
      "'step.secrets.TOKEN.field' must be a string, got 5",
      '\'step.secrets.TOKEN.secret\' must be a Secrets Manager secret, got "acme/token"',
    ],
  ],
  [
    'a parameter',
    withSecret(BuildSecret.parameter(any(undefined), any({ encryptionKey: 'alias/x' }))),
    [
      '\'step.secrets.TOKEN.encryptionKey\' must be a KMS key, got "alias/x"',
      "'step.secrets.TOKEN.parameter' must be a Systems Manager parameter, got nothing",
    ],
  ],
  ['a VPC', withNetwork('vpc-1'), ['\'step.network.vpc\' must be a VPC, got "vpc-1"']],
  [
    'parts of a network',
    withNetwork('vpc-1', { securityGroups: ['sg-1'], proxy: 5, noProxy: 'localhost' }),
    [
      '\'step.network.noProxy\' must be a list, got "localhost"',
      "'step.network.proxy' must be a string, got 5",
      '\'step.network.securityGroups[0]\' must be a security group, got "sg-1"',
      '\'step.network.vpc\' must be a VPC, got "vpc-1"',
    ],
  ],

  // Images
  [
    'no repository',
    BuildStep.dockerImage(any(undefined)),
    ["'step.repository' must be an ECR repository, got nothing"],
  ],
  [
    'parts of an image',
    docker({
      dockerfile: 5,
      target: 5,
      platforms: 'linux/arm64',
      tags: 'latest',
      buildArguments: [],
      cacheTag: 5,
      installCommands: 'x',
      baseImages: ['node'],
    }),
    [
      '\'step.baseImages[0]\' must be a BaseImageSource, got "node"',
      "'step.buildArguments' must be an object, got []",
      "'step.cacheTag' must be a string, got 5",
      "'step.dockerfile' must be a string, got 5",
      '\'step.installCommands\' must be a list, got "x"',
      '\'step.platforms\' must be a list, got "linux/arm64"',
      '\'step.tags\' must be a list, got "latest"',
      "'step.target' must be a string, got 5",
    ],
  ],
  [
    'a platform that every object has',
    docker({ platforms: ['toString'] }),
    [`'step.platforms' must ${SUPPORTED_PLATFORMS}, got "toString"`],
  ],
  [
    'origins',
    docker({
      baseImages: [
        BaseImageSource.ecr(any('golden')),
        BaseImageSource.pullThroughCache(any(5)),
        BaseImageSource.registry(any(undefined), any('hush')),
      ],
    }),
    [
      '\'step.baseImages[0].repository\' must be an ECR repository, got "golden"',
      `'step.baseImages[1].prefix' must ${NON_EMPTY_STRING}, got 5`,
      `'step.baseImages[2].domain' must ${NON_EMPTY_STRING}, got nothing`,
      '\'step.baseImages[2].secret\' must be a Secrets Manager secret, got "hush"',
    ],
  ],
  [
    'parts of an image of CodePipeline',
    BuildStep.ecrBuildAndPublish(any('shop'), any({ dockerfileDirectory: 5, tags: 'latest', producesArtifact: 'yes' })),
    [
      "'step.dockerfileDirectory' must be a string, got 5",
      '\'step.producesArtifact\' must be a boolean, got "yes"',
      '\'step.repository\' must be an ECR repository, got "shop"',
      '\'step.tags\' must be a list, got "latest"',
    ],
  ],

  // Commands actions, existing projects and Jenkins
  ['no commands of Commands', BuildStep.commands(any(undefined)), ["'step.commands' must be a list, got nothing"]],
  [
    'parts of Commands',
    commands({
      environmentVariables: { A: 1 },
      secrets: [],
      exportedVariables: 'A',
      outputDirectory: 5,
      size: 1,
      network: {},
    }),
    [
      "'step.environmentVariables.A' must be a string, got 1",
      '\'step.exportedVariables\' must be a list, got "A"',
      "'step.network' must be a BuildNetwork, got {}",
      "'step.outputDirectory' must be a string, got 5",
      "'step.secrets' must be an object, got []",
      "'step.size' must be a string, got 1",
    ],
  ],
  [
    'a project',
    BuildStep.project(any('acme-build')),
    ['\'step.project\' must be a CodeBuild project, got "acme-build"'],
  ],
  [
    'parts of a project',
    existing({
      batch: 1,
      environmentVariables: 'A',
      exportedVariables: [1],
      producesArtifact: 'yes',
      outputNames: 'docs',
    }),
    [
      "'step.batch' must be a boolean, got 1",
      '\'step.environmentVariables\' must be an object, got "A"',
      "'step.exportedVariables[0]' must be a string, got 1",
      '\'step.outputNames\' must be a list, got "docs"',
      '\'step.producesArtifact\' must be a boolean, got "yes"',
    ],
  ],
  [
    'nothing about Jenkins',
    BuildStep.jenkins(any(undefined), any(undefined)),
    [
      `'step.projectName' must ${NON_EMPTY_STRING}, got nothing`,
      `'step.providerName' must ${consistOfTypeCharacters(35)}, got nothing`,
    ],
  ],
  [
    'parts of Jenkins',
    BuildStep.jenkins(any(5), any({ providerName: {}, typeVersion: 1, producesArtifact: 1 })),
    [
      "'step.producesArtifact' must be a boolean, got 1",
      `'step.projectName' must ${NON_EMPTY_STRING}, got 5`,
      `'step.providerName' must ${consistOfTypeCharacters(35)}, got {}`,
      `'step.typeVersion' must ${consistOfTypeCharacters(9)}, got 1`,
    ],
  ],
];

/** Expects exactly these problems in any order, each with a fix. */
function expectProblems(problems: readonly string[], expected: readonly string[]): void {
  expect([...problems].sort()).toEqual(expected.map((text) => expect.stringContaining(text)));
  for (const problem of problems) expect(problem).toMatch(/; \w/);
}

test.each(WRONG)('rejects %s', (_, step, expected) => expectProblems(problemsOf(step), expected));

test.each<[string, SelfUpdate, string[]]>([
  [
    'an assembly',
    SelfUpdate.fromAssembly(any('cdk.out')),
    ['\'selfUpdate.artifact\' must be a PipelineArtifact, got "cdk.out"'],
  ],
  [
    'options',
    SelfUpdate.fromAssembly(BuildStep.nodeJs().artifact, any('cdk.out')),
    ['\'selfUpdate.options\' must be an object, got "cdk.out"'],
  ],
  [
    'parts',
    SelfUpdate.fromAssembly(BuildStep.nodeJs().artifact, any({ assemblyDirectory: 5, cliVersion: 2, docker: 'yes' })),
    [
      "'selfUpdate.assemblyDirectory' must be a string, got 5",
      `'selfUpdate.cliVersion' must ${AN_EXACT_VERSION}, got 2`,
      '\'selfUpdate.docker\' must be a boolean, got "yes"',
    ],
  ],
])('rejects a self-update with %s', (_, selfUpdate, expected) =>
  expectProblems(
    problemsAt('selfUpdate', (problems) => selfUpdate._plan(problems)),
    expected,
  ),
);

test('plans options that are not set by their defaults', () => {
  const nothing = any({ directory: undefined, secrets: null, compute: null, timeout: undefined });
  for (const step of [
    BuildStep.nodeJs(nothing),
    BuildStep.shell(['make'], nothing),
    docker(null),
    commands(null),
    existing(null),
  ]) {
    expect(problemsOf(step)).toEqual([]);
  }
  expect(problemsOf(withSecret(BuildSecret.secretsManager(secret, any(null))))).toEqual([]);
});

describe('a step reports an image in its variables', () => {
  test.each<[string, PipelineStep, unknown]>([
    [
      'that Docker pushes',
      docker({ stepName: 'Api' }),
      { uri: '#{Api-vars.IMAGE_URI}', digest: '#{Api-vars.IMAGE_DIGEST}' },
    ],
    [
      'that its commands push',
      shell({ exportedVariables: ['IMAGE_URI', 'IMAGE_DIGEST'] }),
      { uri: '#{Build-vars.IMAGE_URI}', digest: '#{Build-vars.IMAGE_DIGEST}' },
    ],
    [
      'of a project',
      existing({ exportedVariables: ['IMAGE_DIGEST', 'IMAGE_URI'] }),
      { uri: '#{Build-vars.IMAGE_URI}', digest: '#{Build-vars.IMAGE_DIGEST}' },
    ],
    ['no image without the digest', shell({ exportedVariables: ['IMAGE_URI'] }), undefined],
    ['no image of ECRBuildAndPublish', BuildStep.ecrBuildAndPublish(repository, { producesArtifact: true }), undefined],
    ['no image in variables of a wrong type', shell({ exportedVariables: 'IMAGE_URI IMAGE_DIGEST' }), undefined],
  ])('%s', (_, step, expected) => expect(step._releasedImage()).toEqual(expected));
});
