import { aws_iam as iam, aws_s3 as s3, CfnParameter, Duration, Lazy, SecretValue } from 'aws-cdk-lib';
import { environment, gitHub, second, source, type Untyped, unset, web, type WrongInput } from './inputs';
import { stages } from './inputs';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  GitConnection,
  MultiEnvPromotionPipeline,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  WebAppPipeline,
} from '../../../src';

const NAME = 'environments[0].environmentName';

function connection(arn: string) {
  return gitHub('acme/shop', 'main', { connection: GitConnection.fromArn(arn) });
}

function nodeJs(options: Untyped) {
  return web(() => ({ buildStep: BuildStep.nodeJs(options) }));
}

function named(name: Untyped) {
  return web(() => ({ environments: [environment(name)] }));
}

/** Wrong sources, names, builds and triggers. */
export const SOURCES_AND_BUILDS: Readonly<Record<string, WrongInput>> = {
  '02': [
    'connection ARN of another service',
    connection('arn:aws:codecommit:eu-west-1:111111111111:shop'),
    'source.connection',
    'be the ARN of a connection',
  ],
  '03': [
    'id of a connection',
    connection('0f0f0f0f-aaaa-bbbb-cccc-000000000000'),
    'source.connection',
    'be the ARN of a connection',
  ],
  '04': [
    'connection as a string',
    gitHub('acme/shop', 'main', { connection: 'arn' }),
    'source.connection',
    'be a GitC',
  ],
  '05': ['connection from an unset variable', connection(unset()), 'source.connection', 'be the ARN of a connection'],
  '07': ['repository as a URL', gitHub('https://github.com/acme/shop', 'main'), 'source.repository', 'consist of'],
  '08': ['repository from an unset variable', gitHub(unset(), 'main'), 'source.repository', 'be a non-empty string'],
  '09': ['repository without an owner', gitHub('shop', 'main'), 'source.repository', 'consist of'],
  '10': ['empty branch', gitHub('acme/shop', ''), 'source.branch', 'be a non-empty string'],
  '11': ['branch as a reference', gitHub('acme/shop', 'refs/heads/main'), 'source.branch', 'consist of a branch name'],
  '12': ['source as a string', web({ source: 'acme/shop' }), 'source', 'be a PipelineSource'],
  '13': ['no source', web({ source: undefined }), 'source', 'be a PipelineSource'],
  '14': ['no props', (stack) => new (WebAppPipeline as Untyped)(stack, 'P'), 'source', 'be a PipelineSource'],
  '15': ['no environments', web({ environments: [] }), 'environments', 'contain at least one environment'],
  '16': ['environments as strings', web({ environments: ['a'] }), 'environments[0]', 'be a DeploymentEnvironment'],
  '17': ['environments as objects', web({ environments: [{}] }), 'environments[0]', 'be a DeploymentEnvironment'],
  '18': ['a name twice', web({ environments: [environment('prod'), environment('prod')] }), 'environments', ''],
  '19': [
    'names that differ in case',
    web({ environments: [environment('Prod'), environment('prod')] }),
    'environments',
    '',
  ],
  '20': ['an emoji as a name', named('🚀'), NAME, 'consist of letters'],
  '21': ['a name with a space', named('pre prod'), NAME, 'consist of letters'],
  '22': ['an empty name', named(''), NAME, 'be a non-empty string'],
  '23': ['a name from an unset variable', named(unset()), NAME, 'be a non-empty string'],
  '24': ['a name that is a token', named(Lazy.string({ produce: () => 'x' })), NAME, 'be known at synth time'],
  '25': ['a long name', named('a'.repeat(60)), NAME, 'have at most 50 characters'],
  '36': ['a version of Node.js with a letter', nodeJs({ nodeVersion: 'v22' }), 'buildStep.nodeVersion', 'be one of'],
  '37': ['a version of Node.js by its name', nodeJs({ nodeVersion: 'lts' }), 'buildStep.nodeVersion', 'be one of'],
  '38': ['test commands as a string', nodeJs({ testCommands: 'npm test' }), 'buildStep.testCommands', 'be a list'],
  '39': ['a directory outside', nodeJs({ directory: '../web' }), 'buildStep.directory', "not contain '..'"],
  '40': ['an absolute output', nodeJs({ outputDirectory: '/dist' }), 'buildStep.outputDirectory', 'be a relative path'],
  '41': [
    'an output outside',
    nodeJs({ outputDirectory: '../../dist' }),
    'buildStep.outputDirectory',
    "not contain '..'",
  ],
  '34': ['outputDir', nodeJs({ outputDir: 'build' }), 'buildStep.outputDir', 'be a known property'],
  '89': [
    'a secret in a variable',
    nodeJs({ environmentVariables: { T: SecretValue.secretsManager('t').unsafeUnwrap() } }),
    'buildStep.environmentVariables',
    'not contain a secret',
  ],
  '90': [
    'a number as a variable',
    nodeJs({ environmentVariables: { PORT: 3000 } }),
    'buildStep.environmentVariables.PORT',
    'be a string',
  ],
  '91': [
    'an unset variable',
    nodeJs({ environmentVariables: { A: unset() } }),
    'buildStep.environmentVariables.A',
    'be a string',
  ],
  '92': [
    "a variable with '-'",
    nodeJs({ environmentVariables: { 'MY-VAR': 'x' } }),
    'buildStep.environmentVariables',
    'contain only names of',
  ],
  '93': [
    'a misspelt variable',
    second({ approval: Approval.manual({ comment: '#{Source-vars.CommitID}' }) }),
    'environments[1].approval.comment',
    'use',
  ],
  '94': [
    'a variable that is not exported',
    second({ approval: Approval.manual({ comment: '#{Build-vars.VERSION}' }) }),
    'environments[1].approval.comment',
    'use',
  ],
  '95': [
    'a commit message in a command',
    nodeJs({ buildCommands: ["echo '#{Source-vars.CommitMessage}'"] }),
    'buildStep.buildCommands[0]',
    'not contain',
  ],
  '96': [
    'no time',
    nodeJs({ timeout: Duration.minutes(0) }),
    'buildStep.timeout',
    'be a whole number of minutes between',
  ],
  '97': [
    '100 hours',
    nodeJs({ timeout: Duration.hours(100) }),
    'buildStep.timeout',
    'be a whole number of minutes between',
  ],
  '98': ['compute as a string', nodeJs({ compute: 'SMALL' }), 'buildStep.compute', 'be a BuildCompute'],
  '99': [
    'no commands',
    (stack) =>
      new MultiEnvPromotionPipeline(stack, 'P', {
        source,
        buildStep: BuildStep.shell([]),
        environments: [environment('p')],
      }),
    'buildStep.commands',
    'contain at least one command',
  ],
  b3: [
    'a version of Python that no image has',
    web(() => ({ buildStep: BuildStep.python({ pythonVersion: '3.8' }) })),
    'buildStep.pythonVersion',
    'be one of',
  ],
  b4: [
    'a number as a version',
    web(() => ({ buildStep: BuildStep.python({ pythonVersion: 3.1 as Untyped }) })),
    'buildStep.pythonVersion',
    'be a string',
  ],
  d0: ['test commands as a word', nodeJs({ testCommands: 'make' }), 'buildStep.testCommands', 'be a list'],
  d4: ['a backslash', nodeJs({ directory: 'apps\\web' }), 'buildStep.directory', 'not contain quotes'],
  d5: ['a trailing slash', nodeJs({ directory: 'apps/web/' }), 'buildStep.directory', "not end with '/'"],
  e0: [
    'a reserved variable',
    nodeJs({ environmentVariables: { CODEBUILD_X: 'x' } }),
    'buildStep.environmentVariables',
    'not contain names that start',
  ],

  // Triggers
  '76': [
    'a cron string',
    web(() => ({ triggers: [PipelineTrigger.schedule('0 2 * * *' as Untyped)] })),
    'triggers[0].schedule',
    'be a schedule',
  ],
  '77': ['no triggers', web({ triggers: [] }), 'triggers', 'contain at least one trigger'],
  '78': [
    'paths as a string',
    web(() => ({ triggers: [PipelineTrigger.push({ paths: 'apps/web/**' as Untyped })] })),
    'triggers[0].paths',
    'be a list',
  ],
  '79': [
    "a path with './'",
    web(() => ({ triggers: [PipelineTrigger.push({ paths: ['./apps/web/**'] })] })),
    'triggers[0].paths',
    'contain paths relative',
  ],
  '80': [
    "a path with '/'",
    web(() => ({ triggers: [PipelineTrigger.push({ paths: ['/apps/web/**'] })] })),
    'triggers[0].paths',
    'contain paths relative',
  ],
  '81': [
    'a folder without a pattern',
    web(() => ({ triggers: [PipelineTrigger.push({ paths: ['apps/web/'] })] })),
    'triggers[0].paths',
    'contain patterns without',
  ],
  e1: [
    'four push triggers',
    web(() => ({ triggers: ['a', 'b', 'c', 'd'].map((name) => PipelineTrigger.push({ branches: [name] })) })),
    'triggers',
    'contain at most 3',
  ],
  e2: [
    'nine paths',
    web(() => ({ triggers: [PipelineTrigger.push({ paths: [...'abcdefghi'] })] })),
    'triggers[0].paths',
    'contain at most 8 patterns',
  ],

  // Whole pipelines
  '71': ['a name with spaces', web({ pipelineName: 'my pipeline' }), 'pipelineName', 'consist of letters'],
  '72': ['a long name', web({ pipelineName: 'x'.repeat(150) }), 'pipelineName', 'have at most 100 characters'],
  '73': ['a day of artifacts', web({ artifactRetention: Duration.days(1) }), 'artifactRetention', 'be'],
  '74': ['a number as a time', web({ artifactRetention: 365 }), 'artifactRetention', 'be a Duration'],
  '75': ['45 days of logs', web({ logRetention: Duration.days(45) }), 'logRetention', 'be one of'],
  '32': ['enviroments', web({ enviroments: [environment('a')] }), 'enviroments', 'be a known property'],
  '60': ['notifications as a string', web({ notifications: 'ops@example.com' }), 'notifications', 'be a Notification'],
  '62': [
    '200 environments',
    web(() => ({ environments: [...Array(200).keys()].map((i) => environment(`e${i}`)) })),
    'environments',
    'have at most 50 stages',
  ],
  a4: ['a mode in lower case', web({ executionMode: 'queued' }), 'executionMode', 'be one of SUPERSEDED'],
  a3: ['PARALLEL', web({ executionMode: 'PARALLEL' }), 'executionMode', 'not be PARALLEL'],
  d1: [
    'a name that is a token',
    web({ pipelineName: Lazy.string({ produce: () => 'x' }) }),
    'pipelineName',
    'be known',
  ],
  d2: [
    'a branch from a parameter',
    web((stack: Untyped) => ({
      source: PipelineSource.gitHub('acme/shop', new CfnParameter(stack, 'Branch').valueAsString),
    })),
    'source.branch',
    'be known at synth time',
  ],
  e6: ['environments as an object', web({ environments: { a: environment('a') } }), 'environments', 'be a list'],
  g5: [
    'new PipelineSource()',
    web(() => ({ source: new (PipelineSource as Untyped)() })),
    'source',
    'be a PipelineSource',
  ],
  g6: [
    'the id of a repository as a number',
    web(() => ({ source: PipelineSource.gitLab(12345 as Untyped, 'main') })),
    'source.repository',
    'be a non-empty string',
  ],
  g7: [
    'a bucket without versions',
    web((stack: Untyped) => ({ source: PipelineSource.s3(new s3.Bucket(stack, 'B'), 'app.zip') })),
    'source.bucket',
    'be versioned',
  ],
  g8: [
    'a folder as a key',
    web((stack: Untyped) => ({
      source: PipelineSource.s3(new s3.Bucket(stack, 'B', { versioned: true }), 'releases/'),
    })),
    'source.objectKey',
    'consist of',
  ],
  a8: [
    'a step twice',
    stages(() => {
      const build = BuildStep.shell(['make']);
      return [PipelineStage.steps('One', [build]), PipelineStage.steps('Two', [build])];
    }),
    'stages',
    '',
  ],
  a9: ['no stages', stages(() => []), 'stages', 'contain at least one PipelineStage'],
  b6: [
    'props in place of the id',
    (stack) => new (WebAppPipeline as Untyped)(stack, { source }),
    'id',
    'be a non-empty string',
  ],
  b7: [
    'null as options',
    web(() => ({ environments: [new DeploymentEnvironment('a', null as Untyped), 1] })),
    'environments[1]',
    'be a DeploymentEnvironment',
  ],
  '33': ['aproval', second({ aproval: Approval.none() }), 'environments[1].aproval', 'be a known property'],
  '54': ['approval: true', second({ approval: true }), 'environments[1].approval', 'be an Approval'],
  'new Approval()': [
    'an approval that no factory created',
    second(() => ({ approval: new (Approval as Untyped)() })),
    'environments[1].approval',
    'be an Approval',
  ],
  e4: ['a forgotten call', second({ approval: Approval.manual }), 'environments[1].approval', 'be an Approval'],
  '55': [
    'approvers as a string',
    second(() => ({ approval: Approval.manual({ approvers: 'arn:aws:iam::111111111111:role/x' as Untyped }) })),
    'environments[1].approval.approvers',
    'be a list',
  ],
  '52': [
    'a minute',
    second({ approval: Approval.manual({ timeout: Duration.minutes(1) }) }),
    'environments[1].approval.timeout',
    'be a whole number',
  ],
  '53': [
    '90 days',
    second({ approval: Approval.manual({ timeout: Duration.days(90) }) }),
    'environments[1].approval.timeout',
    'be a whole number',
  ],
  '56': [
    'a long comment',
    second({ approval: Approval.manual({ comment: 'x'.repeat(5000) }) }),
    'environments[1].approval.comment',
    'have at most 1000',
  ],
  '57': [
    'no address',
    second({ approval: Approval.manual({ notifyEmails: ['ops at example.com'] }) }),
    'environments[1].approval.notifyEmails[0]',
    '',
  ],
  '58': [
    'addresses as a string',
    second({ approval: Approval.manual({ notifyEmails: 'a@b.c' as Untyped }) }),
    'environments[1].approval.notifyEmails',
    'be a list',
  ],
  d8: [
    'a link without a scheme',
    second({ approval: Approval.manual({ reviewUrl: 'example.com' }) }),
    'environments[1].approval.reviewUrl',
    'be a URL',
  ],
  'approver of a wrong kind': [
    'an action as an approver',
    second(() => ({ approval: Approval.manual({ approvers: [new iam.PolicyStatement() as Untyped] }) })),
    'environments[1].approval.approvers[0]',
    'be a principal',
  ],
};
