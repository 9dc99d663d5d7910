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

/** Every rule, with what breaks it and what is said. */
const BROKEN: ReadonlyArray<[string, PipelineStep, string]> = [
  // Commands and variables
  [
    'no commands',
    BuildStep.shell([]),
    "'step.commands' must hold at least one command, got []; say what is to be done",
  ],
  [
    'no commands of a language',
    BuildStep.nodeJs({ testCommands: [], buildCommands: [] }),
    "'step.buildCommands' must hold at least one command, got []; say what fills the output folder",
  ],
  [
    'an empty command',
    BuildStep.shell(['make', ' ']),
    '\'step.commands\' must hold commands that are not empty, got " "; remove the empty command',
  ],
  [
    'a name that no shell takes',
    shell({ environmentVariables: { '1ST': 'x' } }),
    "'step.environmentVariables' must have names of letters, digits and '_', not beginning with a digit, got " +
      '"1ST"; rename the variable',
  ],
  [
    'a secret with such a name',
    shell({ secrets: { 'MY-TOKEN': secret } }),
    "'step.secrets' must have names of letters, digits and '_', not beginning with a digit, got \"MY-TOKEN\"; " +
      'rename the variable',
  ],
  [
    'a name of the service',
    shell({ secrets: { CODEBUILD_TOKEN: secret } }),
    "'step.secrets' must have names that do not start with 'CODEBUILD_', got \"CODEBUILD_TOKEN\"; these belong " +
      'to the service; rename the variable',
  ],
  [
    'one name for a value and a secret',
    shell({ environmentVariables: { TOKEN: 'x' }, secrets: { TOKEN: secret } }),
    '\'step.secrets\' must name nothing that environmentVariables name too, got "TOKEN"; one would hide the ' +
      'other; rename one of them',
  ],
  [
    'one name for a variable of the pipeline and a secret',
    shell({ environmentVariables: { TOKEN: source.variable('CommitId') }, secrets: { TOKEN: secret } }),
    '\'step.secrets\' must name nothing that environmentVariables name too, got "TOKEN"; one would hide the ' +
      'other; rename one of them',
  ],
  [
    'an export with a dash',
    shell({ exportedVariables: ['THE-VERSION'] }),
    "'step.exportedVariables' must have names of letters, digits and '_', not beginning with a digit, got " +
      '"THE-VERSION"; rename the variable',
  ],
  [
    'an export twice',
    shell({ exportedVariables: ['A', 'A'] }),
    '\'step.exportedVariables\' must name every variable once, got "A"; remove one of them',
  ],
  [
    'an export of AWS',
    shell({ exportedVariables: ['AWS_REGION'] }),
    "'step.exportedVariables' must have names that do not start with 'AWS_', got \"AWS_REGION\"; these are not " +
      'exported; rename the variable',
  ],
  [
    'a secret exported',
    shell({ exportedVariables: ['TOKEN'], secrets: { TOKEN: secret } }),
    '\'step.exportedVariables\' must hold no secrets, got "TOKEN"; whoever may look at a run would read it; give ' +
      'the secret to each step that needs it',
  ],

  // Folders, outputs, reports, cache, time
  [
    'an output outside',
    shell({ outputDirectory: '../out' }),
    "'step.outputDirectory' must stay inside, without '..', got \"../out\"; name it as in 'dist' or 'apps/web/dist'",
  ],
  [
    'a further output outside',
    shell({ outputs: { docs: '/docs' } }),
    "'step.outputs.docs' must be relative, got \"/docs\"; name it as in 'dist' or 'apps/web/dist'",
  ],
  [
    'an output with a dot in its name',
    shell({ outputs: { 'a.b': 'docs' } }),
    "'step.outputs' must have names of letters, digits, '_' and '-', got \"a.b\"; rename the output",
  ],
  [
    'a folder that would run',
    shell({ directory: '$(id)' }),
    "'step.directory' must be free of quotes, '$', '\\' and control characters, got \"$(id)\"; rename the folder",
  ],
  [
    'a report outside',
    shell({ testReports: ['/tmp/junit.xml'] }),
    "'step.testReports[0]' must be relative, got \"/tmp/junit.xml\"; name it as in 'dist' or 'apps/web/dist'",
  ],
  [
    'a coverage report outside',
    shell({ coverageReports: ['ok.xml', '../x.xml'] }),
    "'step.coverageReports[1]' must stay inside, without '..', got \"../x.xml\"; name it as in 'dist' or " +
      "'apps/web/dist'",
  ],
  [
    'an empty cache path',
    shell({ cachePaths: [''] }),
    "'step.cachePaths[0]' must name files, got \"\"; write it as in '/root/.cache/tool/**/*'",
  ],
  [
    'too little time',
    shell({ timeout: Duration.minutes(4) }),
    "'step.timeout' must be a whole number of minutes between 5 and 2160, got 4; choose a value in that range",
  ],
  [
    'too much time',
    shell({ timeout: Duration.hours(37) }),
    "'step.timeout' must be a whole number of minutes between 5 and 2160, got 2220; choose a value in that range",
  ],
  [
    'too much time for a test',
    TestStep.shell(['make'], { timeout: Duration.hours(9) }),
    "'step.timeout' must be a whole number of minutes between 5 and 480, got 540; choose a value in that range",
  ],

  // Languages
  [
    'a Python that is not there',
    BuildStep.python({ pythonVersion: '2.7' }),
    "'step.pythonVersion' must be one of '3.9', '3.10', '3.11', '3.12', '3.13', '3.14', got \"2.7\"; the build " +
      'images carry no other',
  ],
  [
    'a Java that is not there',
    BuildStep.gradle({ javaVersion: '22' }),
    "'step.javaVersion' must be one of '8', '11', '17', '21', '25', got \"22\"; the build images carry no other",
  ],
  [
    'a Java by its brand',
    BuildStep.maven({ javaVersion: 'corretto21' }),
    "'step.javaVersion' must be one of '8', '11', '17', '21', '25', got \"corretto21\"; the build images carry " +
      'no other',
  ],
  [
    'a Go that is not there',
    BuildStep.golang({ goVersion: '1.9' }),
    "'step.goVersion' must be one of '1.20', '1.21', '1.22', '1.23', '1.24', '1.25', '1.26', got \"1.9\"; the " +
      'build images carry no other',
  ],
  [
    'a .NET that is not there',
    BuildStep.dotNet({ dotNetVersion: '8' }),
    "'step.dotNetVersion' must be one of '6.0', '8.0', '10.0', got \"8\"; the build images carry no other",
  ],
  [
    'a version in an image of yours',
    BuildStep.golang({
      goVersion: '1.25',
      compute: BuildCompute.x86(BuildSize.SMALL, { image: BuildImage.fromEcr(repository) }),
    }),
    '\'step.goVersion\' must not be given with an image of yours, got "1.25"; the image decides; remove it',
  ],

  // Machines and images
  [
    'an image of somebody else',
    x86(BuildImage.fromCodeBuild('node:22')),
    "'step.compute.image' must begin with 'aws/codebuild/', got \"node:22\"; use BuildImage.fromEcr or " +
      'BuildImage.fromRegistry for other images',
  ],
  [
    'an image for ARM on x86',
    x86(BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-aarch64-standard:4.0')),
    '\'step.compute.image\' must be made for x86, got "aws/codebuild/amazonlinux-aarch64-standard:4.0"; choose ' +
      'the image or the machine to fit the other',
  ],
  [
    'an image for x86 on ARM',
    on(BuildCompute.arm(BuildSize.SMALL, { image: BuildImage.fromCodeBuild('aws/codebuild/standard:8.0') })),
    '\'step.compute.image\' must be made for ARM, got "aws/codebuild/standard:8.0"; choose the image or the ' +
      'machine to fit the other',
  ],
  [
    'an image for Lambda elsewhere',
    x86(BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22')),
    "'step.compute.image' must not be an image for Lambda, got " +
      '"aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22"; choose the image or the machine to fit the ' +
      'other',
  ],
  [
    'another image on Lambda',
    on(BuildCompute.awsLambda(BuildMemory.GB_1, { image: BuildImage.fromCodeBuild('aws/codebuild/standard:8.0') })),
    '\'step.compute.image\' must be an image for Lambda, got "aws/codebuild/standard:8.0"; choose the image or ' +
      'the machine to fit the other',
  ],
  [
    'a tag that cannot be',
    x86(BuildImage.fromEcr(repository, ':latest')),
    "'step.compute.image' must have a tag, or a digest such as 'sha256:…', got \":latest\"; use a tag or digest " +
      'of the repository',
  ],
  [
    'an image without a name',
    x86(BuildImage.fromRegistry('')),
    "'step.compute.image' must name an image, got \"\"; write it as in 'registry.example.com/tools/node:22'",
  ],
  [
    'plain commands on Lambda',
    on(BuildCompute.awsLambda(BuildMemory.GB_1)),
    "'step.compute.image' must be given for a build on Lambda of no language, or of a version without an image, " +
      'got "nothing"; name an image, e.g. ' +
      "BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose another " +
      'version',
  ],
  [
    'a version without an image for Lambda',
    BuildStep.python({ pythonVersion: '3.9', compute: BuildCompute.awsLambda(BuildMemory.GB_1) }),
    "'step.compute.image' must be given for a build on Lambda of no language, or of a version without an image, " +
      'got "nothing"; name an image, e.g. ' +
      "BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'), or choose another " +
      'version',
  ],
  [
    'a limit on Lambda',
    shell({ compute: lambda, timeout: Duration.minutes(20) }),
    '\'step.timeout\' must not be given for a build on Lambda, got "20 minutes"; it ends after 15 minutes; ' +
      'remove it, or use BuildCompute.x86 or BuildCompute.arm',
  ],
  [
    'a network on Lambda',
    shell({ compute: lambda, network: BuildNetwork.vpc(vpc) }),
    '\'step.network\' must not be given for a build on Lambda, got "a VPC"; use BuildCompute.x86 or BuildCompute.arm',
  ],
  [
    'a cache on Lambda',
    shell({ compute: lambda, cachePaths: ['/tmp/x/**/*'] }),
    '\'step.cachePaths\' must not be given for a build on Lambda, got ["/tmp/x/**/*"]; it has no cache; remove ' +
      'them, or use BuildCompute.x86 or BuildCompute.arm',
  ],
  [
    'Docker on Lambda',
    BuildStep.dockerImage(repository, { compute: lambda }),
    '\'step.compute\' must not be Lambda for a build of an image, got "BUILD_LAMBDA_1GB"; it has no Docker; use ' +
      'BuildCompute.x86 or BuildCompute.arm',
  ],

  // Networks
  [
    'too many security groups',
    shell({ network: BuildNetwork.vpc(vpc, { securityGroups: groups(6) }) }),
    "'step.network.securityGroups' must hold 1 to 5, got 6; leave it out for the default, or choose fewer",
  ],
  [
    'no security group',
    shell({ network: BuildNetwork.vpc(vpc, { securityGroups: [] }) }),
    "'step.network.securityGroups' must hold 1 to 5, got 0; leave it out for the default, or choose fewer",
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
    "'step.network.subnets' must hold 1 to 16, got 17; leave it out for the default, or choose fewer",
  ],
  [
    'a proxy with a password',
    shell({ network: BuildNetwork.vpc(vpc, { proxy: 'http://me:hush@proxy:3128' }) }),
    '\'step.network.proxy\' must be an address without a password, got "http://***@proxy:3128"; write it as in ' +
      "'http://proxy.example.com:3128'",
  ],

  // Matrices
  [
    'a matrix of nothing',
    BuildStep.matrix(['make'], {}),
    "'step.variables' must hold at least one variable, got {}; use BuildStep.shell for a single build",
  ],
  [
    'a variable without values',
    BuildStep.matrix(['make'], { A: [] }),
    "'step.variables.A' must have at least one value, got []; say the values, or remove the variable",
  ],
  [
    'a value twice',
    BuildStep.matrix(['make'], { A: ['1', '1'] }),
    '\'step.variables.A\' must have every value once, got ["1","1"]; remove the repeated value',
  ],
  [
    'too many combinations',
    BuildStep.matrix(['make'], { A: [...Array(11).keys()].map(String), B: [...Array(10).keys()].map(String) }),
    "'step.variables' must give at most 100 combinations, got 110; use fewer values, or several steps",
  ],
  [
    'a variable that is given twice',
    BuildStep.matrix(['make'], { A: ['1'] }, { environmentVariables: { A: '2' } }),
    '\'step.variables\' must name nothing that environmentVariables name too, got "A"; one would hide the other; ' +
      'rename one of them',
  ],
  [
    'a name of the service in a matrix',
    BuildStep.matrix(['make'], { CODEBUILD_X: ['1'] }),
    "'step.variables' must have names that do not start with 'CODEBUILD_', got \"CODEBUILD_X\"; these belong to " +
      'the service; rename the variable',
  ],
  [
    'exports of a matrix',
    BuildStep.matrix(['make'], { A: ['1'] }, { exportedVariables: ['V'] }),
    '\'step.exportedVariables\' must not be given for a matrix, got ["V"]; each build has a value of its own; ' +
      'hand it on in a file',
  ],
  [
    'further outputs of a matrix',
    BuildStep.matrix(['make'], { A: ['1'] }, { outputs: { docs: 'docs' } }),
    "'step.outputs' must not be given for a matrix, got 1; the files of all builds become one artifact; use " +
      "'outputDirectory'",
  ],

  // Images
  [
    'no tags',
    BuildStep.dockerImage(repository, { tags: [] }),
    "'step.tags' must hold at least one tag, got []; leave it out for the default",
  ],
  [
    'a tag with a slash',
    BuildStep.dockerImage(repository, { tags: ['ok', 'a/b'] }),
    "'step.tags[1]' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "a/b"; choose another tag',
  ],
  [
    'a cache under such a tag',
    BuildStep.dockerImage(repository, { cacheTag: '-c' }),
    "'step.cacheTag' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "-c"; choose another tag',
  ],
  [
    'a stage that would run',
    BuildStep.dockerImage(repository, { target: 'a; id' }),
    "'step.target' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last two, " +
      'got "a; id"; rename the stage of the Dockerfile',
  ],
  [
    'a Dockerfile outside',
    BuildStep.dockerImage(repository, { dockerfile: '../Dockerfile' }),
    "'step.dockerfile' must stay inside, without '..', got \"../Dockerfile\"; name it as in 'dist' or 'apps/web/dist'",
  ],
  [
    'an argument that would run',
    BuildStep.dockerImage(repository, { buildArguments: { 'A; id': 'x' } }),
    "'step.buildArguments' must have names of letters, digits and '_', not beginning with a digit, got \"A; " +
      'id"; rename the variable',
  ],
  [
    'an argument and a variable',
    BuildStep.dockerImage(repository, { buildArguments: { A: 'x' }, environmentVariables: { A: 'y' } }),
    '\'step.buildArguments\' must name nothing that environmentVariables name too, got "A"; arguments are ' +
      'environment variables already; remove it there',
  ],
  [
    'a variable of the step',
    BuildStep.dockerImage(repository, { environmentVariables: { IMAGE_URI: 'x' } }),
    "'step.environmentVariables' must leave IMAGE_REPOSITORY, IMAGE_TAGS, IMAGE_REGISTRY, IMAGE_REGION, " +
      'IMAGE_DIGEST, IMAGE_URI, IMAGE_TAG, IMAGE_ORIGINS, IMAGE_PARTS, IMAGE_INDEX to the step, got "IMAGE_URI"; ' +
      'rename the variable',
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
    "'step.dockerfileDirectory' must be relative, got \"/docker\"; name it as in 'dist' or 'apps/web/dist'",
  ],

  // Commands actions
  [
    'no Commands',
    BuildStep.commands([]),
    "'step.commands' must hold at least one command, got []; say what is to be done",
  ],
  [
    'an empty one of the Commands',
    BuildStep.commands(['']),
    '\'step.commands\' must hold commands that are not empty, got ""; remove the empty command',
  ],
  [
    'a parameter in Commands',
    BuildStep.commands(['make'], { secrets: { A: parameter } }),
    '\'step.secrets.A\' must be a secret of Secrets Manager, got "a parameter"; Commands actions read nothing ' +
      'else; use BuildSecret.secretsManager, or BuildStep.shell',
  ],
  [
    'an empty value in Commands',
    BuildStep.commands(['make'], { environmentVariables: { A: '' } }),
    '\'step.environmentVariables.A\' must have 1 to 2000 characters, got ""; shorten the value, or leave an ' +
      'empty one out',
  ],
  [
    'many variables in Commands',
    BuildStep.commands(['make'], {
      environmentVariables: Object.fromEntries([...Array(10).keys()].map((i) => [`V${i}`, 'x'])),
      secrets: { A: secret },
    }),
    "'step' must have at most 10 environment variables and secrets, got 11; put values that belong together into " +
      'one, or use BuildStep.shell',
  ],
  [
    'one name twice in Commands',
    BuildStep.commands(['make'], { environmentVariables: { A: 'x' }, secrets: { A: secret } }),
    '\'step.secrets\' must name nothing that environmentVariables name too, got "A"; one would hide the other; ' +
      'rename one of them',
  ],
  [
    'many exports of Commands',
    BuildStep.commands(['make'], { exportedVariables: [...Array(16).keys()].map((i) => `V${i}`) }),
    "'step.exportedVariables' must hold at most 15, got 16; export fewer, or hand them on in a file",
  ],
  [
    'an output of Commands outside',
    BuildStep.commands(['make'], { outputDirectory: '/out' }),
    "'step.outputDirectory' must be relative, got \"/out\"; name it as in 'dist' or 'apps/web/dist'",
  ],
  [
    'a long output of Commands',
    BuildStep.commands(['make'], { outputDirectory: 'a'.repeat(124) }),
    `'step.outputDirectory' must have at most 123 characters, got "${'a'.repeat(116)}...; move the files to a ` +
      'folder with a shorter path',
  ],
  [
    'a large machine for Commands',
    BuildStep.commands(['make'], { size: BuildSize.XLARGE }),
    '\'step.size\' must be SMALL, MEDIUM or LARGE, got "BUILD_GENERAL1_XLARGE"; use BuildStep.shell for a larger ' +
      'machine',
  ],
  [
    'a proxy for Commands',
    BuildStep.commands(['make'], { network: BuildNetwork.vpc(vpc, { proxy: 'http://proxy:3128' }) }),
    '\'step.network\' must have no proxy for a Commands action, got "a proxy"; use BuildStep.shell',
  ],

  // Projects that exist, Jenkins
  [
    'a name that no shell takes, for a project',
    BuildStep.project(project, { environmentVariables: { 'A-B': 'x' } }),
    "'step.environmentVariables' must have names of letters, digits and '_', not beginning with a digit, got " +
      '"A-B"; rename the variable',
  ],
  [
    'an export of a project with a dash',
    BuildStep.project(project, { exportedVariables: ['A-B'] }),
    "'step.exportedVariables' must have names of letters, digits and '_', not beginning with a digit, got " +
      '"A-B"; rename the variable',
  ],
  [
    'an output of a project with a dot',
    BuildStep.project(project, { outputNames: ['a.b'] }),
    "'step.outputNames' must have names of letters, digits, '_' and '-', got \"a.b\"; rename the output",
  ],
  [
    'an output of a project twice',
    BuildStep.project(project, { outputNames: ['a', 'a'] }),
    '\'step.outputNames\' must name every output once, got "a"; remove one of them',
  ],
  [
    'a provider with a space',
    BuildStep.jenkins('shop', { providerName: 'My Jenkins' }),
    "'step.providerName' must consist of 1 to 35 letters, digits, '_' and '-', got \"My Jenkins\"; use the name " +
      'in the settings of the plugin',
  ],
  [
    'a long version',
    BuildStep.jenkins('shop', { providerName: 'Jenkins', typeVersion: '1234567890' }),
    "'step.typeVersion' must consist of 1 to 9 letters, digits, '_' and '-', got \"1234567890\"; use the version " +
      'that the type was registered with',
  ],
  [
    'no job',
    BuildStep.jenkins('', { providerName: 'Jenkins' }),
    '\'step.projectName\' must name a job, got ""; use the name that the job has in Jenkins',
  ],
  [
    'a job that a run decides',
    BuildStep.jenkins(source.variable('BranchName'), { providerName: 'Jenkins' }),
    '\'step.projectName\' must be known before a run, got "#{Source-vars.BranchName}"; let one job decide by its input',
  ],
];

test.each(BROKEN)('%s', (_, step, message) => expect(problemsOf(step)).toEqual([message]));

test('several problems are told at once', () => {
  expect(problemsOf(shell({ directory: '/', timeout: Duration.minutes(1), exportedVariables: ['A-B'] }))).toHaveLength(
    3,
  );
});

const RIGHT: Readonly<Record<string, PipelineStep>> = {
  'a test of 8 hours': TestStep.shell(['make'], { timeout: Duration.hours(8) }),
  'a build of 36 hours': shell({ timeout: Duration.hours(36) }),
  'a digest': x86(BuildImage.fromEcr(repository, `sha256:${'a'.repeat(64)}`)),
  'what Ruby writes': BuildStep.shell(['ruby -e \'puts "#{ENV.fetch("X")}"\'']),
  'a matrix of 100': BuildStep.matrix(['make'], {
    A: [...Array(10).keys()].map(String),
    B: [...Array(10).keys()].map(String),
  }),
  'a tag that a run decides': BuildStep.dockerImage(repository, { tags: [source.variable('CommitId')] }),
  'files of the top': BuildStep.commands(['make'], { outputDirectory: '.' }),
  'five security groups': shell({
    network: BuildNetwork.vpc(vpc, { securityGroups: groups(5), proxy: 'https://proxy.example.com:3128' }),
  }),
};

test.each(Object.entries(RIGHT))('%s is right', (_, step) => expect(problemsOf(step)).toEqual([]));

describe('what only the whole shows', () => {
  function refused(...steps: PipelineStep[]) {
    return () => templateOf(stackOf(), ...steps);
  }

  test('commands of Commands actions: how many, how long, of one line', () => {
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

  test('free text in a command of a Commands action', () => {
    expect(refused(BuildStep.commands([`echo "${source.variable('CommitMessage')}"`]))).toThrow(
      'its value could inject commands; pass it in \'environmentVariables\' and use "$NAME" in the command, or ' +
        'use an id or a digest',
    );
  });

  test('variables in the environment of a Commands action must be there, and order the steps', () => {
    expect(refused(BuildStep.commands(['make'], { environmentVariables: { V: '#{Nobody-vars.X}' } }))).toThrow(
      "'stages[0].steps[0].environmentVariables.V' must use only variables that an earlier action produces, got " +
        '"#{Nobody-vars.X}"',
    );
    const build = BuildStep.shell(['make'], { exportedVariables: ['V'] });
    const print = BuildStep.commands(['echo "$V"'], {
      stepName: 'Print',
      environmentVariables: { V: build.variable('V') },
    });
    expect(refused(print, build)).not.toThrow();
  });

  test('environment variables of an action become one text of at most 1000 characters', () => {
    const environmentVariables = Object.fromEntries(
      [...Array(20).keys()].map((i) => [`VARIABLE_${i}`, source.variable('CommitId')]),
    );
    expect(refused(shell({ environmentVariables }))).toThrow(
      '\'stages[0].steps[0].environmentVariables\' must have at most 1000 characters, got "1511 characters"; use ' +
        'fewer or shorter variables',
    );
  });

  test('free text in the environment of a project', () => {
    expect(refused(shell({ environmentVariables: { MESSAGE: source.variable('CommitMessage') } }))).toThrow(
      'a quote in its value would break the JSON',
    );
  });

  test('more artifacts than a build makes or takes', () => {
    expect(refused(shell({ outputs: Object.fromEntries([...'abcdef'].map((name) => [name, name])) }))).toThrow(
      "'stages[0].steps[0]' must have 0 to 5 output artifacts",
    );
    const makers = [...Array(6).keys()].map((i) =>
      BuildStep.shell(['make'], { stepName: `Make${i}`, outputDirectory: 'out' }),
    );
    expect(refused(...makers, shell({ inputs: makers.map((step) => step.artifact) }))).toThrow(
      "'stages[0].steps[6]' must have 1 to 5 input artifacts",
    );
  });
});
