import {
  aws_codebuild as codebuild,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_secretsmanager as secretsmanager,
  aws_ssm as ssm,
  Duration,
} from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildMemory,
  BuildNetwork,
  BuildSecret,
  BuildSize,
  BuildStep,
  PipelineSource,
  TestStep,
  type PipelineStep,
  type ShellBuildOptions,
} from '../../src';
import { atMostCharacters } from '../../src/common/rules';
import { NON_EMPTY_STRING } from '../../src/pipeline/problems';
import { NO_PARENT, RELATIVE_PATH, EARLIER_VARIABLES, RESOURCE, artifactCount } from '../../src/pipeline/rules';
import { consistOfTypeCharacters } from '../../src/steps/custom/plan';
import { problemsOf, stackOf, templateOf } from '../helpers/build-steps';

const stack = stackOf();
const repository = ecr.Repository.fromRepositoryName(stack, 'Repository', 'acme/shop');
const project = codebuild.Project.fromProjectName(stack, 'Project', 'acme-build');
const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-1',
  availabilityZones: ['a'],
  privateSubnetIds: ['subnet-1'],
});
const secret = BuildSecret.secretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'acme/token'));
const parameter = BuildSecret.parameter(
  ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/acme/token' }),
);

function groups(count: number) {
  return [...Array(count).keys()].map((i) =>
    ec2.SecurityGroup.fromSecurityGroupId(stack, `Group${count}-${i}`, `sg-${i}`),
  );
}

const source = PipelineSource.gitHub('acme/shop', 'main');

function shell(options: ShellBuildOptions) {
  return BuildStep.shell(['make'], options);
}

function on(compute: BuildCompute) {
  return shell({ compute });
}

const lambda = BuildCompute.awsLambda(BuildMemory.GB_1, {
  image: BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'),
});

function x86(image: BuildImage) {
  return on(BuildCompute.x86(BuildSize.SMALL, { image }));
}

/** Steps that violate one rule each, with the error message. */
const INVALID: ReadonlyArray<[string, PipelineStep, string]> = [
  // Commands and variables
  ['no commands', BuildStep.shell([]), "'step.commands' must contain at least one command, got []; add a command"],
  [
    'no commands of a language',
    BuildStep.nodeJs({ testCommands: [], buildCommands: [] }),
    "'step.buildCommands' must contain at least one command, got []; add commands that write the output folder",
  ],
  [
    'an empty command',
    BuildStep.shell(['make', ' ']),
    '\'step.commands\' must contain only non-empty commands, got " "; remove the empty command',
  ],
  [
    'an invalid variable name',
    shell({ environmentVariables: { '1ST': 'x' } }),
    "'step.environmentVariables' must contain only names of letters, digits and '_', not beginning with a " +
      'digit, got "1ST"; rename the variable',
  ],
  [
    'a secret with an invalid variable name',
    shell({ secrets: { 'MY-TOKEN': secret } }),
    "'step.secrets' must contain only names of letters, digits and '_', not beginning with a digit, got " +
      '"MY-TOKEN"; rename the variable',
  ],
  [
    'a reserved variable name',
    shell({ secrets: { CODEBUILD_TOKEN: secret } }),
    "'step.secrets' must not contain names that start with 'CODEBUILD_', got \"CODEBUILD_TOKEN\"; rename the " +
      'variable; CodeBuild reserves this prefix',
  ],
  [
    'one name for a value and a secret',
    shell({ environmentVariables: { TOKEN: 'x' }, secrets: { TOKEN: secret } }),
    '\'step.secrets\' must not contain names that environmentVariables contains, got "TOKEN"; rename one of ' +
      'them; one would override the other',
  ],
  [
    'one name for a variable of the pipeline and a secret',
    shell({ environmentVariables: { TOKEN: source.variable('CommitId') }, secrets: { TOKEN: secret } }),
    '\'step.secrets\' must not contain names that environmentVariables contains, got "TOKEN"; rename one of ' +
      'them; one would override the other',
  ],
  [
    'an export with a dash',
    shell({ exportedVariables: ['THE-VERSION'] }),
    "'step.exportedVariables' must contain only names of letters, digits and '_', not beginning with a digit, " +
      'got "THE-VERSION"; rename the variable',
  ],
  [
    'a duplicate export',
    shell({ exportedVariables: ['A', 'A'] }),
    '\'step.exportedVariables\' must not contain duplicates, got "A"; remove one of them',
  ],
  [
    'an export of AWS',
    shell({ exportedVariables: ['AWS_REGION'] }),
    "'step.exportedVariables' must not contain names that start with 'AWS_', got \"AWS_REGION\"; rename the " +
      'variable; CodeBuild does not export such variables',
  ],
  [
    'a secret exported',
    shell({ exportedVariables: ['TOKEN'], secrets: { TOKEN: secret } }),
    '\'step.exportedVariables\' must not contain secrets, got "TOKEN"; pass the secret to each step that needs ' +
      'it; exported values are visible in the execution',
  ],

  // Folders, outputs, reports, cache, timeout
  [
    'an output outside the folder',
    shell({ outputDirectory: '../out' }),
    `'step.outputDirectory' must ${NO_PARENT}, got "../out"; use a path such as 'dist' or 'apps/web/dist'`,
  ],
  [
    'an additional output outside the folder',
    shell({ outputs: { docs: '/docs' } }),
    `'step.outputs.docs' must ${RELATIVE_PATH}, got "/docs"; use a path such as 'dist' or 'apps/web/dist'`,
  ],
  [
    'an output with a dot in its name',
    shell({ outputs: { 'a.b': 'docs' } }),
    "'step.outputs' must contain only names of letters, digits, '_' and '-', got \"a.b\"; rename the output",
  ],
  [
    'a folder with a command',
    shell({ directory: '$(id)' }),
    "'step.directory' must not contain quotes, '$', '\\' or control characters, got \"$(id)\"; rename the folder",
  ],
  [
    'a report outside the folder',
    shell({ testReports: ['/tmp/junit.xml'] }),
    `'step.testReports[0]' must ${RELATIVE_PATH}, got "/tmp/junit.xml"; use a path such as 'dist' or ` +
      "'apps/web/dist'",
  ],
  [
    'a coverage report outside the folder',
    shell({ coverageReports: ['ok.xml', '../x.xml'] }),
    `'step.coverageReports[1]' must ${NO_PARENT}, got "../x.xml"; use a path such as 'dist' or 'apps/web/dist'`,
  ],
  [
    'an empty cache path',
    shell({ cachePaths: [''] }),
    `'step.cachePaths[0]' must ${NON_EMPTY_STRING}, got ""; use e.g. '/root/.cache/tool/**/*'`,
  ],
  [
    'a timeout that is too short',
    shell({ timeout: Duration.minutes(4) }),
    "'step.timeout' must be a whole number of minutes between 5 and 2160, got 4; choose a value in that range",
  ],
  [
    'a timeout that is too long',
    shell({ timeout: Duration.hours(37) }),
    "'step.timeout' must be a whole number of minutes between 5 and 2160, got 2220; choose a value in that range",
  ],
  [
    'a timeout that is too long for a test',
    TestStep.shell(['make'], { timeout: Duration.hours(9) }),
    "'step.timeout' must be a whole number of minutes between 5 and 480, got 540; choose a value in that range",
  ],

  // Languages
  [
    'an unknown version of Python',
    BuildStep.python({ pythonVersion: '2.7' }),
    "'step.pythonVersion' must be one of '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', got \"2.7\"; choose a " +
      'version that the build images contain',
  ],
  [
    'an unknown version of Java',
    BuildStep.gradle({ javaVersion: '22' }),
    "'step.javaVersion' must be one of '8', '11', '17', '21', '25', got \"22\"; choose a version that the build " +
      'images contain',
  ],
  [
    'a version of Java with its brand',
    BuildStep.maven({ javaVersion: 'corretto21' }),
    "'step.javaVersion' must be one of '8', '11', '17', '21', '25', got \"corretto21\"; choose a version that " +
      'the build images contain',
  ],
  [
    'an unknown version of Go',
    BuildStep.golang({ goVersion: '1.9' }),
    "'step.goVersion' must be one of '1.20', '1.21', '1.22', '1.23', '1.24', '1.25', '1.26', got \"1.9\"; choose " +
      'a version that the build images contain',
  ],
  [
    'an unknown version of .NET',
    BuildStep.dotNet({ dotNetVersion: '8' }),
    "'step.dotNetVersion' must be one of '6.0', '8.0', '10.0', got \"8\"; choose a version that the build images " +
      'contain',
  ],
  [
    'a version with a custom image',
    BuildStep.golang({
      goVersion: '1.25',
      compute: BuildCompute.x86(BuildSize.SMALL, { image: BuildImage.fromEcr(repository) }),
    }),
    '\'step.goVersion\' must not be set with a custom image, got "1.25"; remove it; the image determines the version',
  ],

  // Machines and images
  [
    'an image of another registry',
    x86(BuildImage.fromCodeBuild('node:22')),
    "'step.compute.image' must start with 'aws/codebuild/', got \"node:22\"; use BuildImage.fromEcr or " +
      'BuildImage.fromRegistry for other images',
  ],
  [
    'an image for ARM on x86',
    x86(BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-aarch64-standard:4.0')),
    '\'step.compute.image\' must be an image for x86, got "aws/codebuild/amazonlinux-aarch64-standard:4.0"; ' +
      'choose an image and a machine that match',
  ],
  [
    'an image for x86 on ARM',
    on(BuildCompute.arm(BuildSize.SMALL, { image: BuildImage.fromCodeBuild('aws/codebuild/standard:8.0') })),
    '\'step.compute.image\' must be an image for ARM, got "aws/codebuild/standard:8.0"; choose an image and a ' +
      'machine that match',
  ],
  [
    'an image for Lambda on x86',
    x86(BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22')),
    "'step.compute.image' must not be an image for Lambda compute, got " +
      '"aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22"; choose an image and a machine that match',
  ],
  [
    'another image on Lambda',
    on(BuildCompute.awsLambda(BuildMemory.GB_1, { image: BuildImage.fromCodeBuild('aws/codebuild/standard:8.0') })),
    '\'step.compute.image\' must be an image for Lambda compute, got "aws/codebuild/standard:8.0"; choose an ' +
      'image and a machine that match',
  ],
  [
    'an invalid tag',
    x86(BuildImage.fromEcr(repository, ':latest')),
    "'step.compute.image' must be a tag, or a digest such as 'sha256:…', got \":latest\"; use a tag or digest of " +
      'the repository',
  ],
  [
    'an image without a name',
    x86(BuildImage.fromRegistry('')),
    "'step.compute.image' must be an image name, got \"\"; use the form 'registry.example.com/tools/node:22'",
  ],
  [
    'plain commands on Lambda',
    on(BuildCompute.awsLambda(BuildMemory.GB_1)),
    "'step.compute.image' must be set for a build on Lambda without a language, or with a version that has no " +
      'image, got nothing; use e.g. ' +
      "BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose another " +
      'version',
  ],
  [
    'a version without an image for Lambda',
    BuildStep.python({ pythonVersion: '3.9', compute: BuildCompute.awsLambda(BuildMemory.GB_1) }),
    "'step.compute.image' must be set for a build on Lambda without a language, or with a version that has no " +
      'image, got nothing; use e.g. ' +
      "BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose another " +
      'version',
  ],
  [
    'a timeout on Lambda',
    shell({ compute: lambda, timeout: Duration.minutes(20) }),
    '\'step.timeout\' must not be set for a build on Lambda, got "20 minutes"; remove it, or use ' +
      'BuildCompute.x86 or BuildCompute.arm; builds on Lambda end after 15 minutes',
  ],
  [
    'a network on Lambda',
    shell({ compute: lambda, network: BuildNetwork.vpc(vpc) }),
    '\'step.network\' must not be set for a build on Lambda, got "a VPC"; use BuildCompute.x86 or BuildCompute.arm',
  ],
  [
    'a cache on Lambda',
    shell({ compute: lambda, cachePaths: ['/tmp/x/**/*'] }),
    '\'step.cachePaths\' must not be set for a build on Lambda, got ["/tmp/x/**/*"]; remove it, or use ' +
      'BuildCompute.x86 or BuildCompute.arm; builds on Lambda have no cache',
  ],
  [
    'Docker on Lambda',
    BuildStep.dockerImage(repository, { compute: lambda }),
    '\'step.compute\' must not be Lambda for an image build, got "BUILD_LAMBDA_1GB"; use BuildCompute.x86 or ' +
      'BuildCompute.arm; Lambda has no Docker daemon',
  ],

  // Networks
  [
    'too many security groups',
    shell({ network: BuildNetwork.vpc(vpc, { securityGroups: groups(6) }) }),
    "'step.network.securityGroups' must contain 1 to 5 items, got 6; remove it to use the default, or pass " +
      'fewer items',
  ],
  [
    'no security group',
    shell({ network: BuildNetwork.vpc(vpc, { securityGroups: [] }) }),
    "'step.network.securityGroups' must contain 1 to 5 items, got 0; remove it to use the default, or pass " +
      'fewer items',
  ],
  [
    'too many subnets',
    shell({
      network: BuildNetwork.vpc(vpc, {
        subnets: {
          subnets: [...Array(17).keys()].map((i) => ec2.Subnet.fromSubnetId(stack, `Subnet${i}`, `subnet-${i}`)),
        },
      }),
    }),
    "'step.network.subnets' must contain 1 to 16 items, got 17; remove it to use the default, or pass fewer items",
  ],
  [
    'a proxy with a password',
    shell({ network: BuildNetwork.vpc(vpc, { proxy: 'http://me:hush@proxy:3128' }) }),
    '\'step.network.proxy\' must be a URL without a password, got "http://***@proxy:3128"; use the form ' +
      "'http://proxy.example.com:3128'",
  ],

  // Matrices
  [
    'an empty matrix',
    BuildStep.matrix(['make'], {}),
    "'step.variables' must contain at least one variable, got {}; use BuildStep.shell for a single build",
  ],
  [
    'a variable without values',
    BuildStep.matrix(['make'], { A: [] }),
    "'step.variables.A' must contain at least one value, got []; add values, or remove the variable",
  ],
  [
    'a duplicate value',
    BuildStep.matrix(['make'], { A: ['1', '1'] }),
    '\'step.variables.A\' must not contain duplicates, got "1"; remove one of them',
  ],
  [
    'too many combinations',
    BuildStep.matrix(['make'], { A: [...Array(11).keys()].map(String), B: [...Array(10).keys()].map(String) }),
    "'step.variables' must have at most 100 combinations, got 110; use fewer values or several steps",
  ],
  [
    'a matrix variable that is an environment variable',
    BuildStep.matrix(['make'], { A: ['1'] }, { environmentVariables: { A: '2' } }),
    '\'step.variables\' must not contain names that environmentVariables contains, got "A"; rename one of them; ' +
      'one would override the other',
  ],
  [
    'a name of the service in a matrix',
    BuildStep.matrix(['make'], { CODEBUILD_X: ['1'] }),
    "'step.variables' must not contain names that start with 'CODEBUILD_', got \"CODEBUILD_X\"; rename the " +
      'variable; CodeBuild reserves this prefix',
  ],
  [
    'exports of a matrix',
    BuildStep.matrix(['make'], { A: ['1'] }, { exportedVariables: ['V'] }),
    '\'step.exportedVariables\' must not be set for a matrix, got ["V"]; write the values to a file of the ' +
      'artifact; each build has different ones',
  ],
  [
    'additional outputs of a matrix',
    BuildStep.matrix(['make'], { A: ['1'] }, { outputs: { docs: 'docs' } }),
    "'step.outputs' must not be set for a matrix, got 1; use 'outputDirectory'; the files of all builds become " +
      'one artifact',
  ],

  // Images
  [
    'no tags',
    BuildStep.dockerImage(repository, { tags: [] }),
    "'step.tags' must contain at least one tag, got []; remove it to use the default",
  ],
  [
    'a tag with a slash',
    BuildStep.dockerImage(repository, { tags: ['ok', 'a/b'] }),
    "'step.tags[1]' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "a/b"; choose another tag',
  ],
  [
    'a cache with an invalid tag',
    BuildStep.dockerImage(repository, { cacheTag: '-c' }),
    "'step.cacheTag' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "-c"; choose another tag',
  ],
  [
    'a stage with a command',
    BuildStep.dockerImage(repository, { target: 'a; id' }),
    "'step.target' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "a; id"; rename the stage of the Dockerfile',
  ],
  [
    'a Dockerfile outside the folder',
    BuildStep.dockerImage(repository, { dockerfile: '../Dockerfile' }),
    `'step.dockerfile' must ${NO_PARENT}, got "../Dockerfile"; use a path such as 'dist' or 'apps/web/dist'`,
  ],
  [
    'an argument with a command',
    BuildStep.dockerImage(repository, { buildArguments: { 'A; id': 'x' } }),
    "'step.buildArguments' must contain only names of letters, digits and '_', not beginning with a digit, got " +
      '"A; id"; rename the variable',
  ],
  [
    'an argument and a variable',
    BuildStep.dockerImage(repository, { buildArguments: { A: 'x' }, environmentVariables: { A: 'y' } }),
    '\'step.buildArguments\' must not contain names that environmentVariables contains, got "A"; remove it from ' +
      'environmentVariables; build arguments are environment variables, too',
  ],
  [
    'a variable of the step',
    BuildStep.dockerImage(repository, { environmentVariables: { IMAGE_URI: 'x' } }),
    "'step.environmentVariables' must not contain the reserved names IMAGE_REPOSITORY, IMAGE_TAGS, " +
      'IMAGE_REGISTRY, IMAGE_REGION, IMAGE_DIGEST, IMAGE_URI, IMAGE_TAG, BASE_IMAGES, IMAGE_PARTS, ' +
      'IMAGE_INDEX, got "IMAGE_URI"; rename the variable',
  ],
  [
    'a published tag with a comma',
    BuildStep.ecrBuildAndPublish(repository, { tags: ['a,b'] }),
    "'step.tags[0]' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "a,b"; choose another tag',
  ],
  [
    'a published folder outside',
    BuildStep.ecrBuildAndPublish(repository, { dockerfileDirectory: '/docker' }),
    `'step.dockerfileDirectory' must ${RELATIVE_PATH}, got "/docker"; use a path such as 'dist' or 'apps/web/dist'`,
  ],

  // Commands actions
  [
    'a Commands action without commands',
    BuildStep.commands([]),
    "'step.commands' must contain at least one command, got []; add a command",
  ],
  [
    'an empty command of a Commands action',
    BuildStep.commands(['']),
    '\'step.commands\' must contain only non-empty commands, got ""; remove the empty command',
  ],
  [
    'a parameter in a Commands action',
    BuildStep.commands(['make'], { secrets: { A: parameter } }),
    `'step.secrets.A' must be ${RESOURCE.secret}, got "a parameter"; use BuildSecret.secretsManager, ` +
      `or BuildStep.shell; Commands actions read only from Secrets Manager`,
  ],
  [
    'an empty value in a Commands action',
    BuildStep.commands(['make'], { environmentVariables: { A: '' } }),
    '\'step.environmentVariables.A\' must have 1 to 2000 characters, got ""; shorten the value, or remove an ' +
      'empty variable',
  ],
  [
    'too many variables in a Commands action',
    BuildStep.commands(['make'], {
      environmentVariables: Object.fromEntries([...Array(10).keys()].map((i) => [`V${i}`, 'x'])),
      secrets: { A: secret },
    }),
    "'step' must have at most 10 environment variables and secrets, got 11; combine values, or use BuildStep.shell",
  ],
  [
    'a duplicate name in a Commands action',
    BuildStep.commands(['make'], { environmentVariables: { A: 'x' }, secrets: { A: secret } }),
    '\'step.secrets\' must not contain names that environmentVariables contains, got "A"; rename one of them; ' +
      'one would override the other',
  ],
  [
    'too many exports of a Commands action',
    BuildStep.commands(['make'], { exportedVariables: [...Array(16).keys()].map((i) => `V${i}`) }),
    "'step.exportedVariables' must contain at most 15 variables, got 16; export fewer, or write them to a file " +
      'of the artifact',
  ],
  [
    'an output of a Commands action outside its folder',
    BuildStep.commands(['make'], { outputDirectory: '/out' }),
    `'step.outputDirectory' must ${RELATIVE_PATH}, got "/out"; use a path such as 'dist' or 'apps/web/dist'`,
  ],
  [
    'a long output path of a Commands action',
    BuildStep.commands(['make'], { outputDirectory: 'a'.repeat(124) }),
    `'step.outputDirectory' must have at most 123 characters, got "${'a'.repeat(116)}...; move the files to a ` +
      'folder with a shorter path',
  ],
  [
    'a large machine for a Commands action',
    BuildStep.commands(['make'], { size: BuildSize.XLARGE }),
    '\'step.size\' must be SMALL, MEDIUM or LARGE, got "BUILD_GENERAL1_XLARGE"; use BuildStep.shell for a larger ' +
      'machine',
  ],
  [
    'a proxy for a Commands action',
    BuildStep.commands(['make'], { network: BuildNetwork.vpc(vpc, { proxy: 'http://proxy:3128' }) }),
    '\'step.network\' must not have a proxy for a Commands action, got "a proxy"; use BuildStep.shell',
  ],

  // Existing projects and Jenkins
  [
    'an invalid variable name of a project',
    BuildStep.project(project, { environmentVariables: { 'A-B': 'x' } }),
    "'step.environmentVariables' must contain only names of letters, digits and '_', not beginning with a " +
      'digit, got "A-B"; rename the variable',
  ],
  [
    'an export of a project with a dash',
    BuildStep.project(project, { exportedVariables: ['A-B'] }),
    "'step.exportedVariables' must contain only names of letters, digits and '_', not beginning with a digit, " +
      'got "A-B"; rename the variable',
  ],
  [
    'an output of a project with a dot',
    BuildStep.project(project, { outputNames: ['a.b'] }),
    "'step.outputNames' must contain only names of letters, digits, '_' and '-', got \"a.b\"; rename the output",
  ],
  [
    'a duplicate output of a project',
    BuildStep.project(project, { outputNames: ['a', 'a'] }),
    '\'step.outputNames\' must not contain duplicates, got "a"; remove one of them',
  ],
  [
    'a provider with a space',
    BuildStep.jenkins('shop', { providerName: 'My Jenkins' }),
    `'step.providerName' must ${consistOfTypeCharacters(35)}, got "My Jenkins"; use the name in the ` +
      `settings of the plugin`,
  ],
  [
    'a long version',
    BuildStep.jenkins('shop', { providerName: 'Jenkins', typeVersion: '1234567890' }),
    `'step.typeVersion' must ${consistOfTypeCharacters(9)}, got "1234567890"; use the version with ` +
      `which the type was registered`,
  ],
  [
    'no job',
    BuildStep.jenkins('', { providerName: 'Jenkins' }),
    `'step.projectName' must ${NON_EMPTY_STRING}, got ""; use the name of the job in Jenkins`,
  ],
  [
    'a job name with a variable',
    BuildStep.jenkins(source.variable('BranchName'), { providerName: 'Jenkins' }),
    '\'step.projectName\' must not contain variables, got "#{Source-vars.BranchName}"; use one job that depends ' +
      'on its input',
  ],
];

test.each(INVALID)('rejects %s', (_, step, message) => expect(problemsOf(step)).toEqual([message]));

test('reports several problems at once', () => {
  expect(problemsOf(shell({ directory: '/', timeout: Duration.minutes(1), exportedVariables: ['A-B'] }))).toHaveLength(
    3,
  );
});

const VALID: Readonly<Record<string, PipelineStep>> = {
  'a test of 8 hours': TestStep.shell(['make'], { timeout: Duration.hours(8) }),
  'a build of 36 hours': shell({ timeout: Duration.hours(36) }),
  'a digest': x86(BuildImage.fromEcr(repository, `sha256:${'a'.repeat(64)}`)),
  'interpolation of Ruby': BuildStep.shell(['ruby -e \'puts "#{ENV.fetch("X")}"\'']),
  'a matrix of 100': BuildStep.matrix(['make'], {
    A: [...Array(10).keys()].map(String),
    B: [...Array(10).keys()].map(String),
  }),
  'a tag with a variable': BuildStep.dockerImage(repository, { tags: [source.variable('CommitId')] }),
  'the root as the output folder': BuildStep.commands(['make'], { outputDirectory: '.' }),
  'five security groups': shell({
    network: BuildNetwork.vpc(vpc, { securityGroups: groups(5), proxy: 'https://proxy.example.com:3128' }),
  }),
};

test.each(Object.entries(VALID))('accepts %s', (_, step) => expect(problemsOf(step)).toEqual([]));

describe('validation of the whole pipeline', () => {
  function refused(...steps: PipelineStep[]) {
    return () => templateOf(stackOf(), ...steps);
  }

  test('limits the number and length of commands of Commands actions to single lines', () => {
    expect(refused(BuildStep.commands(Array(51).fill('make') as string[]))).toThrow(
      "'stages[0].steps[0].commands' must contain at most 50 commands, got 51",
    );
    expect(refused(BuildStep.commands(['x'.repeat(1001)]))).toThrow(
      "'stages[0].steps[0].commands' must contain commands of at most 1000 characters",
    );
    expect(refused(BuildStep.commands(['a\nb']))).toThrow(
      "'stages[0].steps[0].commands' must contain single-line commands",
    );
  });

  test('rejects free text in a command of a Commands action', () => {
    expect(refused(BuildStep.commands([`echo "${source.variable('CommitMessage')}"`]))).toThrow(
      'its value could inject commands; pass it in \'environmentVariables\' and use "$NAME" in the command, or ' +
        'use an id or a digest',
    );
  });

  test('orders steps by variables of a Commands action and rejects unknown ones', () => {
    expect(refused(BuildStep.commands(['make'], { environmentVariables: { V: '#{Nobody-vars.X}' } }))).toThrow(
      `'stages[0].steps[0].environmentVariables.V' must ${EARLIER_VARIABLES}, got ` + '"#{Nobody-vars.X}"',
    );
    const build = BuildStep.shell(['make'], { exportedVariables: ['V'] });
    const print = BuildStep.commands(['echo "$V"'], {
      stepName: 'Print',
      environmentVariables: { V: build.variable('V') },
    });
    expect(refused(print, build)).not.toThrow();
  });

  test('limits the environment variables of an action to 1000 characters', () => {
    const environmentVariables = Object.fromEntries(
      [...Array(20).keys()].map((i) => [`VARIABLE_${i}`, source.variable('CommitId')]),
    );
    expect(refused(shell({ environmentVariables }))).toThrow(
      `'stages[0].steps[0].environmentVariables' must ${atMostCharacters(1000)}, got "1511 characters"; use ` +
        'fewer or shorter variables',
    );
  });

  test('rejects free text in the environment of a project', () => {
    expect(refused(shell({ environmentVariables: { MESSAGE: source.variable('CommitMessage') } }))).toThrow(
      'a quote in its value would break the JSON',
    );
  });

  test('limits the input and output artifacts of a build', () => {
    expect(refused(shell({ outputs: Object.fromEntries([...'abcdef'].map((name) => [name, name])) }))).toThrow(
      "'stages[0].steps[0]' must have 0 to 5 output artifacts",
    );
    const makers = [...Array(6).keys()].map((i) =>
      BuildStep.shell(['make'], { stepName: `Make${i}`, outputDirectory: 'out' }),
    );
    expect(refused(...makers, shell({ inputs: makers.map((step) => step.artifact) }))).toThrow(
      `'stages[0].steps[6]' must ${artifactCount('input', { min: 1, max: 5 })}`,
    );
  });
});
