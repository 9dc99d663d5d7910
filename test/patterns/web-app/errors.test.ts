import {
  type aws_certificatemanager as acm,
  aws_cloudfront as cloudfront,
  aws_s3 as s3,
  Duration,
  Lazy,
  Stack,
} from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  GitConnection,
  PipelineSource,
  SiteHosting,
  SiteRelease,
  WebAppPipeline,
  type WebAppPipelineProps,
} from '../../../src';
import { CONNECTION_PROVIDERS } from '../../../src/aws/connection-providers';
import { BRANCH_NAME, SSM_PARAMETER_NAME, BUILD_VARIABLE_NAME } from '../../../src/aws/limits';
import { A_CONNECTION_ARN } from '../../../src/common/rules';
import { atLeastOne } from '../../../src/pipeline/problems';
import {
  A_SOURCE,
  UNIQUE_STAGES,
  wholeNumber,
  EARLIER_VARIABLES,
  NO_EMPTY_COMMANDS,
  consistOf,
  onlyNamesOf,
} from '../../../src/pipeline/rules';
import { PLAIN_FOLDER, notStartWith } from '../../../src/steps/validate-names';
import { ORIGIN_PATH } from '../../../src/targets/static-site/plan-hosting';
import { webApp } from '../../helpers/synth';
import { source } from '../../laws/variants';

const CERTIFICATE = {
  certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/1',
  node: {},
} as unknown as acm.ICertificate;

function environment(name: string) {
  return new DeploymentEnvironment(name);
}

function build(options: Parameters<typeof BuildStep.nodeJs>[0]) {
  return { source, buildStep: BuildStep.nodeJs(options) };
}

function gitHub(repository: string, branch = 'main', connection?: GitConnection) {
  return { source: PipelineSource.gitHub(repository, branch, { connection }) };
}

function target(of: DeployTarget) {
  return { source, environments: [new DeploymentEnvironment('production', { target: of })] };
}

function existing(bucket: unknown, distribution: unknown, options?: { originPath: string }) {
  return target(
    DeployTarget.staticSite({
      hosting: SiteHosting.existing(bucket as s3.IBucket, distribution as cloudfront.IDistribution, options),
    }),
  );
}

const bucket = s3.Bucket.fromBucketName(new Stack(), 'Bucket', 'acme-shop-site');
const distribution = cloudfront.Distribution.fromDistributionAttributes(new Stack(), 'Distribution', {
  distributionId: 'E2ABCDEFGHIJKL',
  domainName: 'd1.cloudfront.net',
});
const long = 'x'.repeat(1001);
const token = Lazy.string({ produce: () => 'later' });

/** Mistakes of users, each with its only error. */
const WRONG: ReadonlyArray<[string, unknown, string]> = [
  [
    'no props',
    undefined,
    `'source' must ${A_SOURCE}, got nothing; use e.g. PipelineSource.gitHub('owner/repository', 'main')`,
  ],
  [
    'no source',
    {},
    `'source' must ${A_SOURCE}, got nothing; use e.g. PipelineSource.gitHub('owner/repository', 'main')`,
  ],
  [
    'a repository by address',
    gitHub('https://github.com/acme/shop'),
    `'source.repository' must ${consistOf(CONNECTION_PROVIDERS.GitHub.repository)}, got ` +
      `"https://github.com/acme/shop"; use the form 'owner/repository', without the URL of the provider`,
  ],
  [
    'a repository that is a token',
    gitHub(token),
    "'source.repository' must be known at synth time, because construct ids and names are derived from it, got " +
      '"a token"; pass a literal string',
  ],
  [
    'a branch with spaces',
    gitHub('acme/shop', 'my branch'),
    `'source.branch' must ${consistOf(BRANCH_NAME)}, got "my branch"; use the branch name only, e.g. ` +
      `'main', without 'refs/heads/'`,
  ],
  [
    'no branch',
    gitHub('acme/shop', ''),
    "'source.branch' must be a non-empty string, got \"\"; use the branch name only, e.g. 'main', without " +
      "'refs/heads/'",
  ],
  [
    'a connection by name',
    gitHub('acme/shop', 'main', GitConnection.fromArn('my-connection')),
    `'source.connection' must ${A_CONNECTION_ARN}, got "my-connection"; copy it from the list of ` +
      `connections in the console: arn:aws:codeconnections:<region>:<account>:connection/<id>`,
  ],
  [
    'a parameter with a space',
    gitHub('acme/shop', 'main', GitConnection.fromParameter('/a b')),
    `'source.connection' must ${consistOf(SSM_PARAMETER_NAME)}, got "/a b"; pass the name of the ` +
      `Systems Manager parameter that contains the ARN`,
  ],
  [
    'a long connection name',
    gitHub('acme/shop', 'main', GitConnection.pending({ connectionName: 'x'.repeat(33) })),
    `'source.connection.connectionName' must have at most 32 characters, got "${'x'.repeat(33)}"; shorten it by 1`,
  ],
  [
    'no environment',
    { source, environments: [] },
    "'environments' must contain at least one environment, got []; remove the prop for a single environment " +
      "named 'production'",
  ],
  [
    'a name twice',
    { source, environments: [environment('qa'), environment('QA')] },
    `'environments' must ${UNIQUE_STAGES}, got "QA"; rename the environment or the stage`,
  ],
  [
    'the name of another stage',
    { source, environments: [environment('Build')] },
    `'environments' must ${UNIQUE_STAGES}, got "Build"; rename the environment or the stage`,
  ],
  [
    'the name of an approval stage',
    { source, environments: [environment('b-Approve'), environment('b')] },
    `'environments' must ${UNIQUE_STAGES}, got "b-Approve"; rename the environment or the stage`,
  ],
  [
    'a name with a dot',
    { source, environments: [environment('v1.0')] },
    "'environments[0].environmentName' must consist of letters, digits, '_' and '-', got \"v1.0\"; rename " +
      'the environment',
  ],
  ...['Resource', 'Default', 'toString', 'constructor', '__proto__'].map((name): [string, unknown, string] => [
    `an environment named ${name}`,
    { source, environments: [environment(name)] },
    "'environments[0].environmentName' must not be a reserved name, got " + `"${name}"; rename the environment`,
  ]),
  [
    'a name too long',
    { source, environments: [environment('e'.repeat(51))] },
    `'environments[0].environmentName' must have at most 50 characters, got "${'e'.repeat(51)}"; shorten it by 1`,
  ],
  [
    'a name that is a token',
    { source, environments: [environment(token)] },
    "'environments[0].environmentName' must be known at synth time, because construct ids and names are derived " +
      'from it, got "a token"; pass a literal string',
  ],
  [
    'too many environments',
    { source, environments: [...Array(49).keys()].map((i) => environment(`e${i}`)) },
    "'environments' must have at most 50 stages, got 52; split the pipeline into two, and start the second with " +
      'PipelineTrigger.pipelineSucceeded',
  ],
  [
    'an approval of a minute',
    {
      source,
      environments: [new DeploymentEnvironment('a', { approval: Approval.manual({ timeout: Duration.minutes(1) }) })],
    },
    `'environments[0].approval.timeout' must ${wholeNumber('minutes', { min: 5, max: 86400 })}, got 1; choose a ` +
      'value in that range',
  ],
  [
    'a long approval text',
    { source, environments: [new DeploymentEnvironment('a', { approval: Approval.manual({ comment: long }) })] },
    '\'environments[0].approval.comment\' must have at most 1000 characters, got "1001 characters"; shorten the text',
  ],
  [
    'a variable that nothing makes',
    {
      source,
      environments: [new DeploymentEnvironment('a', { approval: Approval.manual({ comment: '#{Source.Sha}' }) })],
    },
    `'environments[0].approval.comment' must ${EARLIER_VARIABLES}, got ` +
      '"#{Source.Sha}"; choose one of #{Source-vars.AuthorDate}, #{Source-vars.AuthorDisplayName}, ' +
      '#{Source-vars.AuthorEmail}, #{Source-vars.AuthorId}, #{Source-vars.BranchName}, #{Source-vars.CommitId}, ' +
      '#{Source-vars.CommitMessage}, #{Source-vars.ConnectionArn}, #{Source-vars.FullRepositoryName}, ' +
      '#{Source-vars.ProviderType}',
  ],
  [
    'an absolute output folder',
    build({ outputDirectory: '/var/www' }),
    "'buildStep.outputDirectory' must be a relative path, got \"/var/www\"; use a path such as 'dist' or " +
      "'apps/web/dist'",
  ],
  [
    'an output folder on a drive',
    build({ outputDirectory: 'C:\\dist' }),
    "'buildStep.outputDirectory' must be a relative path, got \"C:\\\\dist\"; use a path such as 'dist' or " +
      "'apps/web/dist'",
  ],
  [
    'an output folder that escapes',
    build({ outputDirectory: 'web/../../dist' }),
    "'buildStep.outputDirectory' must not contain '..', got \"web/../../dist\"; use a path such as 'dist' or " +
      "'apps/web/dist'",
  ],
  [
    'a folder that runs a command',
    build({ directory: 'a"; $(id) "' }),
    `'buildStep.directory' must ${PLAIN_FOLDER}, got "a\\"; $(id) \\""; rename the folder`,
  ],
  [
    'an empty output folder',
    build({ outputDirectory: '' }),
    "'buildStep.outputDirectory' must be a concrete path, got \"\"; use a path such as 'dist' or 'apps/web/dist'",
  ],
  [
    'a report outside',
    build({ testReports: ['../junit.xml'] }),
    "'buildStep.testReports[0]' must not contain '..', got \"../junit.xml\"; use a path such as 'dist' or " +
      "'apps/web/dist'",
  ],
  [
    'an unknown Node.js',
    build({ nodeVersion: '12' }),
    "'buildStep.nodeVersion' must be one of '18', '20', '22', '24', got \"12\"; choose a version that the build " +
      'images contain',
  ],
  [
    'a build of two minutes',
    build({ timeout: Duration.minutes(2) }),
    `'buildStep.timeout' must ${wholeNumber('minutes', { min: 5, max: 2160 })}, got 2; choose a value in that range`,
  ],
  [
    'a variable of the service',
    build({ environmentVariables: { CODEBUILD_SRC_DIR: '/' } }),
    `'buildStep.environmentVariables' must ${notStartWith('CODEBUILD_')}, got "CODEBUILD_SRC_DIR"; ` +
      `rename the variable; CodeBuild reserves this prefix`,
  ],
  [
    'a variable with a space',
    build({ environmentVariables: { 'A B': '1' } }),
    `'buildStep.environmentVariables' must ${onlyNamesOf(BUILD_VARIABLE_NAME)}, got "A B"; rename the variable`,
  ],
  [
    'no command at all',
    build({ testCommands: [], buildCommands: [] }),
    `'buildStep.buildCommands' must ${atLeastOne('command')}, got []; add commands that write the output folder`,
  ],
  [
    'an empty command',
    build({ testCommands: [' '] }),
    `'buildStep.testCommands' must ${NO_EMPTY_COMMANDS}, got " "; remove the empty command`,
  ],
  [
    'a bucket without a distribution',
    existing(bucket, undefined),
    '\'environments[0].target.hosting\' must have a bucket and a distribution, got "no distribution"; pass both, ' +
      'or use SiteHosting.managed(), since creating only one of them would make the stacks depend on each other',
  ],
  [
    'a distribution without a bucket',
    existing(undefined, distribution),
    '\'environments[0].target.hosting\' must have a bucket and a distribution, got "no bucket"; pass both, or use ' +
      'SiteHosting.managed(), since creating only one of them would make the stacks depend on each other',
  ],
  [
    'an origin path with a quote',
    existing(bucket, distribution, { originPath: "/a'b" }),
    `'environments[0].target.hosting.originPath' must ${ORIGIN_PATH}, got "/a'b/"; ` +
      `write it like the origin path of the distribution, e.g. '/site'`,
  ],
  [
    'an origin path of managed hosting',
    existing(bucket, distribution, { originPath: 'releases' }),
    "'environments[0].target.hosting.originPath' must not start with '/releases', got \"/releases/\"; " +
      'choose another path; the lists of releases are stored there',
  ],
  [
    'an atomic release of existing hosting',
    target(
      DeployTarget.staticSite({ hosting: SiteHosting.existing(bucket, distribution), release: SiteRelease.atomic() }),
    ),
    "'environments[0].target.release' must be SiteRelease.inPlace() with existing hosting, got " +
      '"SiteRelease.atomic()"; use SiteHosting.managed(), whose distribution has the function and the ' +
      'store that an atomic release requires',
  ],
  [
    'a pattern with a quote',
    target(DeployTarget.staticSite({ immutablePaths: ["a'*"] })),
    "'environments[0].target.immutablePaths[0]' must consist of letters, digits, '_', '.', '@', '+', '~', '-', " +
      "'/', '*' and '?', and not start with '/', got \"a'*\"; write it relative to the output folder, e.g. " +
      "'assets/**'",
  ],
  [
    'patterns without end',
    target(DeployTarget.staticSite({ immutablePaths: Array(90).fill('assets/**') })),
    "'environments[0].target.immutablePaths' must be at most 700 characters as one regular expression, got " +
      '"1259 characters"; use fewer or broader patterns',
  ],
  [
    'a domain with an address',
    target(
      DeployTarget.staticSite({
        hosting: SiteHosting.managed({ domain: { names: ['https://example.com'], certificate: CERTIFICATE } }),
      }),
    ),
    '\'environments[0].target.hosting.domain.names\' must be domain names, got "https://example.com"; write them ' +
      "as in 'www.example.com'",
  ],
  [
    'a domain without a certificate',
    target(
      DeployTarget.staticSite({
        hosting: SiteHosting.managed({ domain: { names: ['example.com'], certificate: undefined as never } }),
      }),
    ),
    "'environments[0].target.hosting.domain.certificate' must be a certificate, got nothing; pass one " +
      'for the names, which CloudFront requires',
  ],
  [
    'a certificate without a domain',
    target(
      DeployTarget.staticSite({ hosting: SiteHosting.managed({ domain: { names: [], certificate: CERTIFICATE } }) }),
    ),
    "'environments[0].target.hosting.domain.names' must contain at least one name, got []; add the " +
      'names of the certificate',
  ],
  [
    'a pipeline name with a space',
    { source, pipelineName: 'my pipeline' },
    "'pipelineName' must consist of letters, digits, '.', '_' and '-', got \"my pipeline\"; choose another name",
  ],
  [
    'a pipeline name that no log group may have',
    { source, pipelineName: 'shop@acme' },
    "'pipelineName' must consist of letters, digits, '.', '_' and '-', got \"shop@acme\"; choose another name",
  ],
  [
    'artifacts gone before the approval',
    { source, artifactRetention: Duration.days(30) },
    "'artifactRetention' must be a whole number of at least 90 days (the longest approval plus 90), got 30; " +
      'increase it, because a rollback reads the artifacts of the earlier release',
  ],
  [
    'logs for 91 days',
    { source, logRetention: Duration.days(91) },
    "'logRetention' must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, " +
      '2192, 2557, 2922, 3288, 3653 days, got 91; choose a retention that CloudWatch Logs supports',
  ],
];

test.each(WRONG)('%s', (_, props, message) => {
  expect(() => webApp(props as WebAppPipelineProps)).toThrow(new Error(`[WebAppPipeline Shop/Site] ${message}`));
});

test('reports all problems in one error', () => {
  const props = {
    ...gitHub('shop', 'a b'),
    environments: [environment('a.b'), environment('a.b')],
    logRetention: Duration.days(2),
  };
  let message = '';
  try {
    webApp(props);
  } catch (error) {
    message = (error as Error).message;
  }
  const lines = message.split('\n');
  expect(lines.map((line) => line.match(/^\[WebAppPipeline Shop\/Site\] '([^']+)' must /)?.[1])).toEqual([
    'source.repository',
    'source.branch',
    'environments[0].environmentName',
    'environments[1].environmentName',
    'logRetention',
    'environments',
  ]);
});

test('creates nothing for invalid props', () => {
  const stack = new Stack();
  expect(() => new WebAppPipeline(stack, 'Site', { source, environments: [] })).toThrow();
  expect(stack.node.findChild('Site').node.children).toEqual([]);
});

test('rejects unknown environments, and lists the known ones', () => {
  const { site } = webApp({ source, environments: [environment('staging'), environment('production')] });
  expect(site.site('staging').environmentName).toBe('staging');
  expect(() => site.site('prod')).toThrow(
    new Error(
      "[WebAppPipeline Shop/Site] 'environmentName' must be one of 'staging', 'production', got \"prod\"; " +
        'pass one of these names',
    ),
  );
});
