import {
  aws_codecommit as codecommit,
  aws_ecr as ecr,
  aws_events as events,
  aws_lambda as lambda,
  aws_s3 as s3,
  aws_sns as sns,
  App,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import { at, gitHub, HOME, inRegion, source, web, type Make, type Untyped, type WrongInput } from './inputs';
import * as api from '../../../src';
import { CONNECTION_REGIONS } from '../../../src/aws/regions';
import { A_LIST, KNOWN_PROPERTY } from '../../../src/common/rules';
import { OPTIONS } from '../../../src/pipeline/option-names';
import { NON_EMPTY_STRING } from '../../../src/pipeline/problems';
import { A_SOURCE, EXISTING_REGION, NO_PARENT } from '../../../src/pipeline/rules';

/** The library without its types, as in JavaScript. */
const library: Untyped = api;

function from(make: (stack: Stack) => Untyped): Make {
  return web((stack: Stack) => ({ source: make(stack) }));
}

function triggeredBy(make: (stack: Stack) => Untyped): Make {
  return web((stack: Stack) => ({ triggers: [make(stack)] }));
}

function farStack(app: App, env: object = { account: '333333333333', region: 'us-west-2' }): Stack {
  return new Stack(app, 'Far', { env });
}

/** Wrong accounts, Regions, sources and triggers. */
export const SOURCES_AND_TRIGGERS: readonly WrongInput[] = [
  ['account NaN', at({ account: NaN, region: 'eu-west-1' }), 'environments[0].env.account', NON_EMPTY_STRING],
  ['env []', at([]), 'environments[0].env', 'be an object with account and region'],
  ['env empty', at({}), 'environments[0].env.account', 'be set in an env'],
  ['env misspelt', at({ acount: '222222222222', region: 'eu-west-1' }), 'environments[0].env.acount', KNOWN_PROPERTY],
  ['env Region', at({ account: '222222222222', Region: 'eu-west-1' }), 'environments[0].env.Region', KNOWN_PROPERTY],
  ['env region null', at({ account: '222222222222', region: null }), 'environments[0].env.region', 'be set in an env'],
  [
    'stack region typo',
    inRegion('ue-west-1'),
    'scope',
    "be in a stack whose Region consists of a Region such as 'eu-west-1'",
  ],
  [
    'stack region nonexistent',
    inRegion('eu-west-9'),
    'source',
    `run in ${CONNECTION_REGIONS.join(', ')}, where CodeStarSourceConnection is available`,
  ],
  ['repo .git', gitHub('acme/shop.git', 'main'), 'source.repository', "consist of 'owner/repository'"],
  ['repo ssh', gitHub('git@github.com:acme/shop.git', 'main'), 'source.repository', "consist of 'owner/repository'"],
  ['repo trailing /', gitHub('acme/shop/', 'main'), 'source.repository', "consist of 'owner/repository'"],
  ['repo three parts', gitHub('acme/team/shop', 'main'), 'source.repository', "consist of 'owner/repository'"],
  ['repo ..', gitHub('acme/..', 'main'), 'source.repository', "consist of 'owner/repository'"],
  ['repo space', gitHub('acme/ shop', 'main'), 'source.repository', "consist of 'owner/repository'"],
  ['branch trailing /', gitHub('acme/shop', 'feature/'), 'source.branch', 'consist of a branch name as git accepts it'],
  ['branch ..', gitHub('acme/shop', 'a..b'), 'source.branch', 'consist of a branch name as git accepts it'],
  ['branch .lock', gitHub('acme/shop', 'main.lock'), 'source.branch', 'consist of a branch name as git accepts it'],
  ['branch list', gitHub('acme/shop', ['main']), 'source.branch', NON_EMPTY_STRING],
  ['branch wildcard', gitHub('acme/shop', 'feature/*'), 'source.branch', 'consist of a branch name as git accepts it'],
  [
    'branch origin',
    gitHub('acme/shop', 'refs/remotes/origin/main'),
    'source.branch',
    'consist of a branch name as git accepts it',
  ],
  ['branch space', gitHub('acme/shop', ' main'), 'source.branch', 'consist of a branch name as git accepts it'],
  ['branch null', gitHub('acme/shop', null), 'source.branch', NON_EMPTY_STRING],
  ['branch @{', gitHub('acme/shop', 'a@{b'), 'source.branch', 'consist of a branch name as git accepts it'],
  ['options as connection', gitHub('acme/shop', 'main', library.GitConnection.pending()), 'source.options', OPTIONS],
  [
    'GitConnection class',
    gitHub('acme/shop', 'main', { connection: library.GitConnection }),
    'source.connection',
    'be a GitConnection',
  ],
  [
    'pending uncalled',
    gitHub('acme/shop', 'main', { connection: library.GitConnection.pending }),
    'source.connection',
    'be a GitConnection',
  ],
  [
    'conn param with arn',
    gitHub('acme/shop', 'main', {
      connection: library.GitConnection.fromParameter('arn:aws:ssm:eu-west-1:111111111111:parameter/x'),
    }),
    'source.connection',
    "consist of letters, digits, '_', '.', '-' and '/'",
  ],
  [
    'conn param space',
    gitHub('acme/shop', 'main', { connection: library.GitConnection.fromParameter('/a b') }),
    'source.connection',
    "consist of letters, digits, '_', '.', '-' and '/'",
  ],
  [
    'conn hostArn for github',
    gitHub('acme/shop', 'main', {
      connection: library.GitConnection.pending({ hostArn: 'arn:aws:codeconnections:eu-west-1:111111111111:host/x-1' }),
    }),
    'source.connection.hostArn',
    'not be set for GitHub',
  ],
  [
    'conn arn partition',
    gitHub('acme/shop', 'main', {
      connection: library.GitConnection.fromArn(
        'arn:aws-cn:codeconnections:eu-west-1:111111111111:connection/11112222-3333-4444-5555-666677778888',
      ),
    }),
    'source.connection',
    'be a connection in the partition of the pipeline, aws',
  ],
  [
    'conn arn region typo',
    gitHub('acme/shop', 'main', {
      connection: library.GitConnection.fromArn(
        'arn:aws:codeconnections:ue-west-1:111111111111:connection/11112222-3333-4444-5555-666677778888',
      ),
    }),
    'source.connection',
    'be the ARN of a connection in an existing Region',
  ],
  [
    'conn arn account 11',
    gitHub('acme/shop', 'main', {
      connection: library.GitConnection.fromArn(
        'arn:aws:codeconnections:eu-west-1:11111111111:connection/11112222-3333-4444-5555-666677778888',
      ),
    }),
    'source.connection',
    'be the ARN of a connection',
  ],
  ['fullClone string', gitHub('acme/shop', 'main', { fullClone: 'yes' }), 'source.fullClone', 'be a boolean'],
  [
    'fullClone with static site commands',
    gitHub('acme/shop', 'main', { fullClone: 1 }),
    'source.fullClone',
    'be a boolean',
  ],
  [
    'source L1 repo',
    from((s) =>
      library.PipelineSource.codeCommit(new codecommit.CfnRepository(s, 'R', { repositoryName: 'x' }), 'main'),
    ),
    'source.repository',
    'be a CodeCommit repository',
  ],
  [
    'codeCommit(bucket)',
    from((s) => library.PipelineSource.codeCommit(new s3.Bucket(s, 'R'), 'main')),
    'source.repository',
    'be a CodeCommit repository',
  ],
  [
    'ecr(fn)',
    from((s) => library.PipelineSource.ecr(lambda.Function.fromFunctionName(s, 'R', 'x'))),
    'source.repository',
    'be an ECR repository',
  ],
  [
    's3(topic)',
    from((s) => library.PipelineSource.s3(new sns.Topic(s, 'R'), 'x.zip')),
    'source.bucket',
    'be an S3 bucket',
  ],
  [
    's3 key leading /',
    from((s) => library.PipelineSource.s3(s3.Bucket.fromBucketName(s, 'R', 'acme-b'), '/x.zip')),
    'source.objectKey',
    "not begin with '/' or contain '..'",
  ],
  [
    's3 key ..',
    from((s) => library.PipelineSource.s3(s3.Bucket.fromBucketName(s, 'R', 'acme-b'), 'a/../x.zip')),
    'source.objectKey',
    "not begin with '/' or contain '..'",
  ],
  [
    's3 uri',
    from((s) => library.PipelineSource.s3(s3.Bucket.fromBucketName(s, 'R', 'acme-b'), 's3://b/x.zip')),
    'source.objectKey',
    "consist of letters, digits and any of '!-_.*'()/', not ending with '/'",
  ],
  [
    's3 bucket far region',
    (s, a) =>
      from(() =>
        library.PipelineSource.s3(new s3.Bucket(farStack(a), 'R', { bucketName: 'acme-x', versioned: true }), 'x.zip'),
      )(s, a),
    'source.bucket',
    'be in the Region of the pipeline, eu-west-1',
  ],
  [
    's3 bucket name',
    from(() => library.PipelineSource.s3('acme-releases', 'x.zip')),
    'source.bucket',
    'be an S3 bucket',
  ],
  [
    'ecr uri',
    from(() => library.PipelineSource.ecr('111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop')),
    'source.repository',
    'be an ECR repository',
  ],
  [
    'ecr tag with :',
    from((s) => library.PipelineSource.ecr(ecr.Repository.fromRepositoryName(s, 'R', 'x'), { imageTag: ':latest' })),
    'source.imageTag',
    "consist of letters, digits, '_', '.' and '-', beginning with neither of the last two",
  ],
  [
    'ecr tag digest',
    from((s) =>
      library.PipelineSource.ecr(ecr.Repository.fromRepositoryName(s, 'R', 'x'), {
        imageTag: 'sha256:' + 'a'.repeat(64),
      }),
    ),
    'source.imageTag',
    "consist of letters, digits, '_', '.' and '-', beginning with neither of the last two",
  ],
  ['source uncalled', from(() => library.PipelineSource.gitHub), 'source', A_SOURCE],
  ['source class', from(() => library.PipelineSource), 'source', A_SOURCE],
  ['source new', from(() => new library.PipelineSource()), 'source', A_SOURCE],
  ['source promise', from(() => Promise.resolve(source)), 'source', A_SOURCE],
  ['source spread', from(() => ({ ...source })), 'source', A_SOURCE],
  ['sources in web', web({ sources: [source] }), 'sources', KNOWN_PROPERTY],
  ['source list', web({ source: [source] }), 'source', A_SOURCE],
  ['trigger uncalled', triggeredBy(() => library.PipelineTrigger.push), 'triggers[0]', 'be a PipelineTrigger'],
  ['trigger new', triggeredBy(() => new library.PipelineTrigger()), 'triggers[0]', 'be a PipelineTrigger'],
  ['triggers single', web(() => ({ triggers: library.PipelineTrigger.push() })), 'triggers', A_LIST],
  [
    'trigger branches string',
    triggeredBy(() => library.PipelineTrigger.push({ branches: 'main' })),
    'triggers[0].branches',
    A_LIST,
  ],
  [
    'trigger branch singular',
    triggeredBy(() => library.PipelineTrigger.push({ branch: 'main' })),
    'triggers[0].branch',
    KNOWN_PROPERTY,
  ],
  [
    'trigger path ..',
    triggeredBy(() => library.PipelineTrigger.push({ paths: ['../x/**'] })),
    'triggers[0].paths',
    NO_PARENT,
  ],
  [
    'trigger path empty',
    triggeredBy(() => library.PipelineTrigger.push({ paths: [''] })),
    'triggers[0].paths',
    'contain patterns of 1 to 255 characters',
  ],
  [
    'trigger path space',
    triggeredBy(() => library.PipelineTrigger.push({ paths: [' '] })),
    'triggers[0].paths',
    'contain patterns that neither begin nor end with a space',
  ],
  [
    'trigger paths []',
    triggeredBy(() => library.PipelineTrigger.push({ paths: [] })),
    'triggers[0].paths',
    'contain at least one pattern',
  ],
  ['tag string', triggeredBy(() => library.PipelineTrigger.tag('v*')), 'triggers[0].tags', A_LIST],
  ['tag []', triggeredBy(() => library.PipelineTrigger.tag([])), 'triggers[0].tags', 'contain at least one pattern'],
  [
    'tag refs',
    triggeredBy(() => library.PipelineTrigger.tag(['refs/tags/v*'])),
    'triggers[0].tags',
    "contain names without 'refs/tags/'",
  ],
  [
    'tag and push and same',
    web(() => ({ triggers: [library.PipelineTrigger.push(), library.PipelineTrigger.push()] })),
    'triggers',
    "not contain duplicate triggers for pushes and tags of 'Source'",
  ],
  [
    'schedule string',
    triggeredBy(() => library.PipelineTrigger.schedule('rate(1 day)')),
    'triggers[0].schedule',
    'be a schedule',
  ],
  [
    'schedule Duration',
    triggeredBy(() => library.PipelineTrigger.schedule(Duration.days(1))),
    'triggers[0].schedule',
    'be a schedule',
  ],
  [
    'schedule every minute',
    triggeredBy(() => library.PipelineTrigger.schedule(events.Schedule.cron({}))),
    'triggers[0].schedule',
    'specify the minute, because it otherwise starts an execution every minute of the matching hours',
  ],
  [
    'schedule 5-field cron',
    triggeredBy(() => library.PipelineTrigger.schedule(events.Schedule.expression('cron(0 2 * * *)'))),
    'triggers[0].schedule',
    'be a rate or a cron expression with six fields',
  ],
  [
    'schedule rate 1 days',
    triggeredBy(() => library.PipelineTrigger.schedule(events.Schedule.expression('rate(1 days)'))),
    'triggers[0].schedule',
    'be a rate or a cron expression with six fields',
  ],
  [
    'schedule rate 0',
    triggeredBy(() => library.PipelineTrigger.schedule(events.Schedule.expression('rate(0 days)'))),
    'triggers[0].schedule',
    'be a rate or a cron expression with six fields',
  ],
  [
    'pipelineSucceeded pattern',
    (s, a) => {
      const p = web({})(s, a);
      const t = new Stack(a, 'T2', { env: HOME });
      return new library.WebAppPipeline(t, 'P2', { source, triggers: [library.PipelineTrigger.pipelineSucceeded(p)] });
    },
    'triggers[0].pipeline',
    'be a pipeline',
  ],
  [
    'pipelineSucceeded string',
    triggeredBy(() => library.PipelineTrigger.pipelineSucceeded('other')),
    'triggers[0].pipeline',
    'be a pipeline',
  ],
  [
    'pullRequest events string',
    triggeredBy(() => library.PipelineTrigger.pullRequest({ events: 'OPEN' })),
    'triggers[0].events',
    A_LIST,
  ],
  [
    'pullRequest events bad',
    triggeredBy(() => library.PipelineTrigger.pullRequest({ events: ['OPENED'] })),
    'triggers[0].events',
    'contain only OPEN, UPDATED, CLOSED',
  ],
  [
    'manual + push',
    web(() => ({ triggers: [library.PipelineTrigger.manual(), library.PipelineTrigger.push()] })),
    'triggers',
    'not combine PipelineTrigger.manual() with other triggers',
  ],
  [
    'trigger other source',
    triggeredBy(() =>
      library.PipelineTrigger.push({ source: library.PipelineSource.gitHub('a/b', 'main', { stepName: 'X' }) }),
    ),
    'triggers[0].source',
    'be a source of this pipeline',
  ],
  ...[
    'ue-west-1',
    'eu-west1',
    'EU-WEST-1',
    'eu_west_1',
    'eu-west-1a',
    'Ireland',
    'eu-west-1 ',
    'eu-wset-1',
    'eu-west-0',
    'aws-global',
    ' ',
  ].map((region): WrongInput => [
    `the Region '${region}'`,
    at({ account: '222222222222', region }),
    'environments[0].env.region',
    "consist of a Region such as 'eu-west-1'",
  ]),
  [
    'a Region that does not exist',
    at({ account: '222222222222', region: 'eu-west-9' }),
    'environments[0].env.region',
    EXISTING_REGION,
  ],
  ...[
    '1234-5678-9012',
    '22222222222',
    ' 222222222222',
    '2222222222222',
    '22222222222a',
    'prod',
    '１１１１１１１１１１１１',
  ].map((account): WrongInput => [
    `the account '${account}'`,
    at({ account, region: 'eu-west-1' }),
    'environments[0].env.account',
    'consist of 12 digits',
  ]),
];
