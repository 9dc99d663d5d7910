import {
  App,
  aws_codecommit as codecommit,
  aws_codepipeline as codepipeline,
  aws_ecr as ecr,
  aws_events as events,
  aws_s3 as s3,
  Lazy,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  DeploymentEnvironment,
  DeployTarget,
  GitConnection,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  PullRequestEvent,
} from '../../src';
import { CONNECTION_ARN, connection, delivery, gitHub, HOME, withTriggers } from '../helpers/started';

const AWAY = { account: '222222222222', region: 'us-east-1' };
const elsewhere = new Stack(new App(), 'Elsewhere', { env: AWAY });
const any = new Stack(new App(), 'Any');
const bucket = s3.Bucket.fromBucketName(any, 'Bucket', 'acme-data');
const repository = codecommit.Repository.fromRepositoryName(any, 'Repository', 'shop');
const images = ecr.Repository.fromRepositoryName(any, 'Images', 'shop');
const code = gitHub('acme/shop', 'main', 'Code');
const next = gitHub('acme/shop', 'next', 'Next');
const data = PipelineSource.s3(bucket, 'data.zip', { stepName: 'Data' });
const token = Lazy.string({ produce: () => 'later' });
const HOST = 'arn:aws:codeconnections:eu-west-1:111111111111:host/ghes-1234';
const { push, tag, pullRequest, sourceChange, schedule, pipelineSucceeded, manual } = PipelineTrigger;

function one(source: PipelineSource) {
  return { sources: [source] };
}

function cron(text: string) {
  return withTriggers(schedule(events.Schedule.expression(text)));
}

const nine = [...'abcdefghi'];
const long = 'x'.repeat(256);

function steps(...given: Parameters<typeof PipelineStage.steps>[1]) {
  return { stages: [PipelineStage.steps('Build', given)] };
}

const clone = PipelineSource.gitHub('acme/shop', 'main', { connection, fullClone: true });

function pipelineIn(stack: Stack, name = 'other') {
  return codepipeline.Pipeline.fromPipelineArn(
    stack,
    `Other${stack.node.children.length}`,
    `arn:aws:codepipeline:${stack.region}:${stack.account}:${name}`,
  );
}

function bucketOf(stack: Stack) {
  return new s3.Bucket(stack, `Bucket${stack.node.children.length}`);
}

/** What a user may get wrong, and all that is told about it. */
const WRONG: ReadonlyArray<
  [string, Partial<DeliveryPipelineProps> & Pick<DeliveryPipelineProps, 'sources'>, ...string[]]
> = [
  [
    'a repository in three parts on GitHub',
    one(gitHub('acme/team/shop')),
    "'sources[0].repository' must consist of 'owner/repository', got \"acme/team/shop\"; write it as " +
      "'owner/repository', without the address of the provider",
  ],
  [
    'a repository in three parts on Bitbucket',
    one(PipelineSource.bitbucket('acme/team/shop', 'main', { connection })),
    "'sources[0].repository' must consist of 'owner/repository', got \"acme/team/shop\"; write it as " +
      "'owner/repository', without the address of the provider",
  ],
  [
    'a project without a group',
    one(PipelineSource.gitLab('shop', 'main', { connection })),
    "'sources[0].repository' must consist of 'group/project', with subgroups if there are any, got \"shop\"; " +
      "write it as 'group/project', with subgroups if there are any, without the address of the provider",
  ],
  [
    'a repository of Azure DevOps by address',
    one(PipelineSource.azureDevOps('https://dev.azure.com/acme/shop', 'main', { connection })),
    "'sources[0].repository' must consist of 'organization/project/repository', got " +
      '"https://dev.azure.com/acme/shop"; write it as \'organization/project/repository\', without the address of ' +
      'the provider',
  ],
  [
    'a branch as a reference',
    one(gitHub('acme/shop', 'refs/heads/main')),
    '\'sources[0].branch\' must consist of a branch name as git accepts it, got "refs/heads/main"; name the ' +
      "branch as in 'main', without 'refs/heads/'",
  ],
  [
    'a branch that is a token',
    one(PipelineSource.codeCommit(repository, token)),
    '\'sources[0].branch\' must be concrete, since ids and names are made of it, got "a token"; pass a literal string',
  ],
  [
    'an object without a key',
    one(PipelineSource.s3(bucket, '')),
    "'sources[0].objectKey' must be a text that is not empty, got \"\"; name a zip file, as in 'releases/app.zip'",
  ],
  [
    'an object with a pattern',
    one(PipelineSource.s3(bucket, 'releases/{app}.zip')),
    "'sources[0].objectKey' must consist of letters, digits and any of '!-_.*'()/', got \"releases/{app}.zip\"; " +
      "name a zip file, as in 'releases/app.zip'",
  ],
  [
    'a bucket without versions',
    one(PipelineSource.s3(bucketOf(any), 'app.zip')),
    `'sources[0].bucket' must be versioned, got "Any/Bucket${any.node.children.length - 1}"; make it with ` +
      'versioned: true, since a run is of one version',
  ],
  [
    'a tag that is none',
    one(PipelineSource.ecr(images, { imageTag: 'v1:2' })),
    "'sources[0].imageTag' must consist of letters, digits, '_', '.' and '-', beginning with neither of the last " +
      'two, got "v1:2"; name a tag, as in \'latest\'',
  ],
  [
    'a connection by name',
    one(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn('my-connection') })),
    "'sources[0].connection' must be the ARN of a connection, got \"my-connection\"; copy it from the console's " +
      'list of connections: arn:aws:codeconnections:<region>:<account>:connection/<id>',
  ],
  [
    'a host for GitHub.com',
    one(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.pending({ hostArn: HOST }) })),
    `'sources[0].connection.hostArn' must be left out for GitHub, got "${HOST}"; hosts are for servers of your own`,
  ],
  [
    'no host for a server',
    one(PipelineSource.gitHubEnterpriseServer('a/b', 'main')),
    "'sources[0].connection.hostArn' must be the ARN of a host for a new connection to GitHubEnterpriseServer, " +
      'got nothing; make the host in the console, since somebody must set it up there, and pass its ARN to ' +
      'GitConnection.pending(), or use a connection that exists',
  ],
  [
    'no host for another server',
    one(PipelineSource.gitLabSelfManaged('a/b', 'main')),
    "'sources[0].connection.hostArn' must be the ARN of a host for a new connection to GitLabSelfManaged, got " +
      'nothing; make the host in the console, since somebody must set it up there, and pass its ARN to ' +
      'GitConnection.pending(), or use a connection that exists',
  ],
  [
    'a host by address',
    one(
      PipelineSource.gitLabSelfManaged('a/b', 'main', {
        connection: GitConnection.pending({ hostArn: 'https://git.acme.com' }),
      }),
    ),
    '\'sources[0].connection.hostArn\' must be the ARN of a host, got "https://git.acme.com"; copy it from the ' +
      "console's list of hosts",
  ],
  [
    'two new connections of one name',
    {
      sources: ['a/b', 'a/c'].map((id) =>
        PipelineSource.gitHub(id, 'main', {
          stepName: id.replace('/', '-'),
          connection: GitConnection.pending({ connectionName: 'acme' }),
        }),
      ),
      triggers: [manual()],
    },
    '\'sources\' must give every new connection a name of its own, got "acme"; make the connection once and pass ' +
      'its ARN to all: GitConnection.fromArn()',
  ],
  [
    'two sources of one name',
    { sources: [gitHub('a/b'), gitHub('a/c')], triggers: [manual()] },
    '\'stages\' must give every action a name of its own, got "Source"; rename the step, and use each step once',
  ],
  [
    'a repository elsewhere',
    one(
      PipelineSource.codeCommit(
        codecommit.Repository.fromRepositoryArn(
          elsewhere,
          'Repository',
          'arn:aws:codecommit:us-east-1:222222222222:shop',
        ),
        'main',
      ),
    ),
    '\'sources[0].repository\' must be in the region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
      'put the pipeline beside the repository; its environments may be elsewhere',
  ],
  [
    'a bucket elsewhere',
    one(PipelineSource.s3(new s3.Bucket(elsewhere, 'Bucket', { versioned: true }), 'a.zip')),
    '\'sources[0].bucket\' must be in the region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
      'replicate the object into a bucket here',
  ],
  [
    'images elsewhere',
    one(
      PipelineSource.ecr(
        ecr.Repository.fromRepositoryArn(elsewhere, 'Images', 'arn:aws:ecr:us-east-1:222222222222:repository/shop'),
      ),
    ),
    '\'sources[0].repository\' must be in the region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
      'replicate the image into a repository here',
  ],

  [
    'no triggers',
    { sources: [code], triggers: [] },
    "'triggers' must hold at least one trigger, got []; leave the prop out for any change of any source, or " +
      'write [PipelineTrigger.manual()]',
  ],
  [
    'manual beside others',
    withTriggers(manual(), push()),
    '\'triggers\' must hold nothing beside PipelineTrigger.manual(), got "2 triggers"; remove it, or the others',
  ],
  [
    'a source that is not there',
    { sources: [code], triggers: [push({ source: next })] },
    "'triggers[0].source' must be a source of this pipeline, got \"Next\"; choose one of 'Code'",
  ],
  [
    'a change of a source that is not there',
    { sources: [code, data], triggers: [push(), sourceChange(next)] },
    "'triggers[1].source' must be a source of this pipeline, got \"Next\"; choose one of 'Code', 'Data'",
  ],
  [
    'a filter on a bucket',
    { sources: [data], triggers: [push()] },
    '\'triggers[0].source\' must be a source read through a connection, got "Data"; S3 has no filters; use ' +
      'PipelineTrigger.sourceChange()',
  ],
  [
    'a filter on CodeCommit',
    { sources: [PipelineSource.codeCommit(repository, 'main')], triggers: [tag(['v*'])] },
    '\'triggers[0].source\' must be a source read through a connection, got "Source"; CodeCommit has no filters; ' +
      'use PipelineTrigger.sourceChange()',
  ],
  [
    'four pushes',
    withTriggers(...['a', 'b', 'c', 'd'].map((branch) => push({ branches: [branch] }))),
    "'triggers' must hold at most 3 for pushes and tags of 'Source', got 4; join patterns: up to 8 fit into one " +
      'trigger',
  ],
  [
    'three filters and a change',
    withTriggers(sourceChange(), tag(['a']), tag(['b']), push({ branches: ['c'] })),
    "'triggers' must hold at most 3 for pushes and tags of 'Source', got 4; join patterns: up to 8 fit into one " +
      'trigger',
  ],
  [
    'four pull requests',
    withTriggers(...['a', 'b', 'c', 'd'].map((branch) => pullRequest({ branches: [branch] }))),
    "'triggers' must hold at most 3 for pull requests of 'Source', got 4; join patterns: up to 8 fit into one trigger",
  ],
  [
    'nine branches',
    withTriggers(push({ branches: nine })),
    "'triggers[0].branches' must hold at most 8 patterns, got 9; join some, as in 'release/{1,2}.*'",
  ],
  [
    'nine branches left out',
    withTriggers(push({ branchesExcept: nine })),
    "'triggers[0].branchesExcept' must hold at most 8 patterns, got 9; join some, as in 'release/{1,2}.*'",
  ],
  [
    'nine paths',
    withTriggers(push({ paths: nine })),
    "'triggers[0].paths' must hold at most 8 patterns, got 9; join some, as in 'release/{1,2}.*'",
  ],
  [
    'nine paths left out',
    withTriggers(pullRequest({ pathsExcept: nine })),
    "'triggers[0].pathsExcept' must hold at most 8 patterns, got 9; join some, as in 'release/{1,2}.*'",
  ],
  [
    'nine tags',
    withTriggers(tag(nine)),
    "'triggers[0].tags' must hold at most 8 patterns, got 9; join some, as in 'release/{1,2}.*'",
  ],
  [
    'nine tags left out',
    withTriggers(tag([], { tagsExcept: nine })),
    "'triggers[0].tagsExcept' must hold at most 8 patterns, got 9; join some, as in 'release/{1,2}.*'",
  ],
  [
    'an empty pattern',
    withTriggers(push({ branches: [''] })),
    '\'triggers[0].branches\' must hold patterns of 1 to 255 characters, got ""; write another pattern',
  ],
  [
    'a long pattern',
    withTriggers(tag([long])),
    `'triggers[0].tags' must hold patterns of 1 to 255 characters, got ${JSON.stringify(long).slice(0, 117)}...; ` +
      'write another pattern',
  ],
  [
    'braces in braces',
    withTriggers(push({ branches: ['{a,{b,c}}'] })),
    "'triggers[0].branches' must not hold braces in braces, got \"{a,{b,c}}\"; write '\\' before a character " +
      'that stands for itself',
  ],
  [
    'an open brace',
    withTriggers(push({ paths: ['*.{ts,js'] })),
    "'triggers[0].paths' must close each '{', got \"*.{ts,js\"; write '\\' before a character that stands for itself",
  ],
  [
    'a brace that is not open',
    withTriggers(push({ paths: ['a}'] })),
    "'triggers[0].paths' must close no brace that is not open, got \"a}\"; write '\\' before a character that " +
      'stands for itself',
  ],
  [
    'an open bracket',
    withTriggers(tag(['v[0-9'])),
    "'triggers[0].tags' must close each '[', got \"v[0-9\"; write '\\' before a character that stands for itself",
  ],
  [
    'a backslash at the end',
    withTriggers(tag(['v\\'])),
    "'triggers[0].tags' must not end in '\\', got \"v\\\\\"; write '\\' before a character that stands for itself",
  ],
  [
    'a branch of a trigger as a reference',
    withTriggers(push({ branches: ['refs/heads/main'] })),
    "'triggers[0].branches' must hold names without 'refs/heads/', got \"refs/heads/main\"; write 'main'",
  ],
  [
    'a tag as a reference',
    withTriggers(tag(['refs/tags/v*'])),
    "'triggers[0].tags' must hold names without 'refs/tags/', got \"refs/tags/v*\"; write 'v*'",
  ],
  [
    'a path from the root',
    withTriggers(push({ paths: ['/apps/**'] })),
    "'triggers[0].paths' must be relative to the top of the repository, got \"/apps/**\"; write 'apps/web/**', " +
      "without '/' or './' in front",
  ],
  [
    'a path from here',
    withTriggers(push({ pathsExcept: ['./docs/**'] })),
    '\'triggers[0].pathsExcept\' must be relative to the top of the repository, got "./docs/**"; write ' +
      "'apps/web/**', without '/' or './' in front",
  ],
  [
    'all that is asked for left out',
    withTriggers(push({ branches: ['a', 'b'], branchesExcept: ['b', 'a'] })),
    '\'triggers[0].branches\' must hold something that branchesExcept does not, got ["a","b"]; what is in both ' +
      'never starts a run',
  ],
  [
    'no tag',
    withTriggers(tag([])),
    "'triggers[0].tags' must hold at least one pattern, got []; write PipelineTrigger.tag(['**']) for every tag",
  ],
  [
    'no event',
    withTriggers(pullRequest({ events: [] })),
    "'triggers[0].events' must hold at least one event, got []; leave the prop out for opened and updated pull " +
      'requests',
  ],
  [
    'the same filter twice',
    withTriggers(push(), push({ branches: ['main'] })),
    "'triggers' must hold no filter for pushes and tags of 'Source' twice, got " +
      '{"branches":{"includes":["main"],"excludes":[]}}; remove one of the triggers that say the same',
  ],
  [
    'a change that a filter says too',
    withTriggers(sourceChange(), push()),
    "'triggers' must hold no filter for pushes and tags of 'Source' twice, got " +
      '{"branches":{"includes":["main"],"excludes":[]}}; remove one of the triggers that say the same',
  ],
  [
    'the same tags in another order',
    withTriggers(tag(['a', 'b']), tag(['b', 'a'])),
    "'triggers' must hold no filter for pushes and tags of 'Source' twice, got " +
      '{"tags":{"includes":["a","b"],"excludes":[]}}; remove one of the triggers that say the same',
  ],
  [
    'the same pull requests',
    withTriggers(pullRequest(), pullRequest({ events: [PullRequestEvent.UPDATED, PullRequestEvent.OPENED] })),
    "'triggers' must hold no filter for pull requests of 'Source' twice, got " +
      '{"branches":{"includes":["main"],"excludes":[]},"events":["OPEN","UPDATED"]}; remove one of the triggers ' +
      'that say the same',
  ],
  [
    'the same change twice',
    { sources: [code], triggers: [sourceChange(), sourceChange(code)] },
    "'triggers' must hold no trigger twice, got \"sourceChange of 'Code'\"; remove one of them",
  ],
  [
    'the same time twice',
    withTriggers(...['1 day', '1 day'].map((every) => schedule(events.Schedule.expression(`rate(${every})`)))),
    '\'triggers\' must hold no trigger twice, got "rate(1 day)"; remove one of them',
  ],
  [
    'the same pipeline twice',
    withTriggers(pipelineSucceeded(pipelineIn(any)), pipelineSucceeded(pipelineIn(any))),
    '\'triggers\' must hold no trigger twice, got "pipelineSucceeded of other"; remove one of them',
  ],
  [
    'no schedule',
    cron('every night'),
    '\'triggers[0].schedule\' must be a rate or six fields of cron, got "every night"; write it as in ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'cron of Unix',
    cron('cron(0 2 * * *)'),
    '\'triggers[0].schedule\' must be a rate or six fields of cron, got "cron(0 2 * * *)"; write it as in ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'a rate of nothing',
    cron('rate(0 hours)'),
    '\'triggers[0].schedule\' must be a rate or six fields of cron, got "rate(0 hours)"; write it as in ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'a rate of 1 hours',
    cron('rate(1 hours)'),
    '\'triggers[0].schedule\' must be a rate or six fields of cron, got "rate(1 hours)"; write it as in ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'both days',
    cron('cron(0 2 1 * MON *)'),
    "'triggers[0].schedule' must have '?' as the day of the month or as the day of the week, got \"cron(0 2 1 * " +
      'MON *)"; give one of them only',
  ],
  [
    'no day',
    cron('cron(0 2 ? * ? *)'),
    "'triggers[0].schedule' must have '?' as the day of the month or as the day of the week, got \"cron(0 2 ? * " +
      '? *)"; give one of them only',
  ],
  [
    'every minute',
    withTriggers(schedule(events.Schedule.cron({ hour: '2' }))),
    "'triggers[0].schedule' must say the minute, since it starts a run in every minute of its hours, got " +
      '"cron(* 2 * * ? *)"; write minute: \'0\'',
  ],
  [
    'a pipeline elsewhere',
    withTriggers(pipelineSucceeded(pipelineIn(elsewhere))),
    "'triggers[0].pipeline' must be in the account and region of this pipeline, 111111111111/eu-west-1, got " +
      '"other in 222222222222/us-east-1"; send its events on to the event bus here by a rule beside it, and start ' +
      'this pipeline by a rule of your own: pipeline.onEvent()',
  ],
  [
    'two branches of one repository',
    { sources: [code, next] },
    "'triggers' must let one source of acme/shop start runs, since AWS is told of changes of one of its " +
      'branches only, got ["Code","Next"]; name the triggers, e.g. [PipelineTrigger.sourceChange(source)]; a run ' +
      'reads all sources, whatever starts it',
  ],
  [
    'two branches of one repository with a filter',
    { sources: [code, next], triggers: [sourceChange(), tag(['v*'], { source: next })] },
    "'triggers' must let one source of acme/shop start runs, since AWS is told of changes of one of its " +
      'branches only, got ["Code","Next"]; name the triggers, e.g. [PipelineTrigger.sourceChange(source)]; a run ' +
      'reads all sources, whatever starts it',
  ],

  [
    'commands on a full clone',
    { sources: [clone], ...steps(CustomStep.actionType(CustomActionCategory.BUILD, 'Acme')) },
    '\'stages[0].steps[0]\' must not use a full clone, got "Source"; only CodeBuild can read it; take the ' +
      'artifact of a build, or turn fullClone off',
  ],
  [
    'a deployment of a full clone',
    {
      sources: [PipelineSource.codeCommit(repository, 'main', { fullClone: true })],
      stages: [
        PipelineStage.environment(new DeploymentEnvironment('production', { target: DeployTarget.staticSite() })),
      ],
    },
    '\'stages[0].environment.target\' must not use a full clone, got "Source"; only CodeBuild can read it; take ' +
      'the artifact of a build, or turn fullClone off',
  ],
];

test.each(WRONG)('%s', (_, props, ...messages) => {
  let message = '';
  try {
    delivery(() => props, { stack: { env: HOME } });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.split('\n')).toEqual(messages.map((line) => `[DeliveryPipeline Shop/Delivery] ${line}`));
});

describe('too much', () => {
  function many(count: number, patterns: number) {
    function text(i: number) {
      return `${i}`.padEnd(255, 'x');
    }

    const sources = Array.from({ length: count }, (__, i) => gitHub(`acme/shop-${i}`, 'main', `S${i}`));

    function branches(f: number) {
      return Array.from({ length: patterns }, (__, i) => text(10 * f + i));
    }

    function filters(source: PipelineSource) {
      return [0, 1, 2].map((f) => push({ source, branches: branches(f) }));
    }

    return { sources, triggers: sources.flatMap(filters) };
  }

  test.each([
    [
      'triggers in bytes',
      many(40, 8),
      /'triggers' must have at most 204800 bytes together, got 25\d{4}; write fewer or shorter patterns$/,
    ],
    [
      'sources that are filtered',
      many(51, 1),
      /'triggers' must filter at most 50 sources, got 51; split the pipeline$/m,
    ],
  ])('%s', (_, props, message) => {
    expect(() => delivery(() => props)).toThrow(message);
  });
});

describe('is no mistake:', () => {
  test.each<[string, Partial<DeliveryPipelineProps> & Pick<DeliveryPipelineProps, 'sources'>]>([
    [
      'an old ARN',
      one(
        PipelineSource.gitHub('a/b', 'main', {
          connection: GitConnection.fromArn(CONNECTION_ARN.replace('codeconnections', 'codestar-connections')),
        }),
      ),
    ],
    [
      'a connection that is a token',
      one(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn(token) })),
    ],
    ['a pattern that is a token', withTriggers(push({ branches: [token] }))],
    ['a schedule that is a token', cron(token)],
    ['a project with a space', one(PipelineSource.azureDevOps('acme/My Shop/web', 'main', { connection }))],
    ['subgroups', one(PipelineSource.gitLab('acme/team/web/shop', 'main', { connection }))],
    ['brackets, escapes and braces', withTriggers(push({ branches: ['v[0-9]', '[!a-c]{x,y}', '\\{a', 'a[{]b'] }))],
    [
      'two branches of one repository of which one starts runs',
      { sources: [code, next], triggers: [sourceChange(next)] },
    ],
    [
      'the same name on two providers',
      { sources: [code, PipelineSource.bitbucket('acme/shop', 'next', { connection, stepName: 'Mirror' })] },
    ],
    ['a bucket of which nothing is known', one(data)],
    [
      'a pipeline of anywhere',
      withTriggers(
        pipelineSucceeded(
          codepipeline.Pipeline.fromPipelineArn(
            any,
            'Anywhere',
            any.formatArn({ service: 'codepipeline', resource: 'other' }),
          ),
        ),
      ),
    ],
    [
      'all three of a kind',
      withTriggers(
        push(),
        tag(['v*']),
        push({ branches: ['next'] }),
        pullRequest(),
        pullRequest({ branches: ['next'] }),
        pullRequest({ events: [PullRequestEvent.CLOSED] }),
      ),
    ],
    ['the business hours', cron('cron(0/15 8-17 ? * MON-FRI *)')],
    ['the last day of a month', cron('cron(0 18 L 1,6 ? 2026-2030)')],
    ['an hour', cron('rate(1 hour)')],
  ])('%s', (_, props) => {
    expect(() => delivery(() => props, { stack: { env: HOME } })).not.toThrow();
  });

  test('a pipeline that may stand anywhere', () => {
    expect(() => delivery(() => withTriggers(pipelineSucceeded(pipelineIn(elsewhere, 'third'))))).not.toThrow();
  });
});

/**
 * From JavaScript and through jsii anything can be passed: it ends in an error of the same form, at the property that
 * is wrong.
 */
describe('what a compiler would refuse:', () => {
  function untyped<T>(value: unknown) {
    return value as T;
  }

  type Sourced = Partial<DeliveryPipelineProps> & Pick<DeliveryPipelineProps, 'sources'>;

  function triggered(trigger: unknown): Sourced {
    return { sources: [code], triggers: [untyped(trigger)] };
  }

  test.each<[string, Sourced, ...string[]]>([
    [
      'a source that is a text',
      { sources: [untyped('acme/shop')] },
      '\'sources[0]\' must be a PipelineSource, got "acme/shop"',
    ],
    [
      'a source that is missing',
      { sources: [code, untyped(undefined)] },
      "'sources[1]' must be a PipelineSource, got nothing",
    ],
    ['sources that are no list', { sources: untyped(code) }, "'sources' must hold at least one PipelineSource"],
    [
      'a git repository that is missing',
      one(PipelineSource.gitHub(untyped(undefined), untyped(5))),
      "'sources[0].repository' must be a text that is not empty, got nothing",
      "'sources[0].branch' must be a text that is not empty, got 5",
    ],
    [
      'a connection that is a text',
      one(PipelineSource.gitHub('a/b', 'main', { connection: untyped(CONNECTION_ARN) })),
      "'sources[0].connection' must be a GitConnection, got ",
    ],
    [
      'an ARN that is missing',
      one(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn(untyped(undefined)) })),
      "'sources[0].connection' must be the ARN of a connection, got nothing",
    ],
    [
      'a parameter that is missing',
      one(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromParameter(untyped(undefined)) })),
      "'sources[0].connection' must be a text that is not empty, got nothing",
    ],
    [
      'a parameter by a part of its path',
      one(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromParameter('delivery/connection') })),
      "'sources[0].connection' must begin with '/' when it holds one, got \"delivery/connection\"; write " +
        "'/delivery/connection'",
    ],
    [
      'a host that is a number',
      one(
        PipelineSource.gitLabSelfManaged('a/b', 'main', { connection: GitConnection.pending({ hostArn: untyped(1) }) }),
      ),
      "'sources[0].connection.hostArn' must be the ARN of a host, got 1",
    ],
    [
      'a CodeCommit repository that is a name',
      one(PipelineSource.codeCommit(untyped('shop'), 'main', { fullClone: true })),
      '\'sources[0].repository\' must be a repository of CodeCommit, got "shop"',
    ],
    [
      'a bucket that is missing',
      one(PipelineSource.s3(untyped(undefined), untyped(null))),
      "'sources[0].bucket' must be a bucket, got nothing",
      "'sources[0].objectKey' must be a text that is not empty, got null",
    ],
    [
      'images that are missing',
      one(PipelineSource.ecr(untyped({}))),
      "'sources[0].repository' must be a repository of ECR, got {}",
    ],
    [
      'a step name that is a number',
      one(PipelineSource.gitHub('a/b', 'main', { stepName: untyped(1) })),
      "'sources[0].stepName' must be a text that is not empty, got 1",
    ],
    ['triggers that are no list', { sources: [code], triggers: untyped(push()) }, "'triggers' must be a list, got {"],
    ['a trigger that is a text', triggered('push'), '\'triggers[0]\' must be a PipelineTrigger, got "push"'],
    [
      'branches that are a text',
      triggered(push({ branches: untyped('main') })),
      '\'triggers[0].branches\' must be a list, got "main"',
    ],
    [
      'a path that is missing',
      triggered(pullRequest({ pathsExcept: untyped([undefined]) })),
      "'triggers[0].pathsExcept' must hold patterns of 1 to 255 characters, got nothing",
    ],
    [
      'tags that are missing',
      triggered(tag(untyped(undefined))),
      "'triggers[0].tags' must hold at least one pattern, got []",
    ],
    [
      'an event that is none',
      triggered(pullRequest({ events: untyped(['MERGED']) })),
      '\'triggers[0].events\' must hold events of OPEN, UPDATED, CLOSED, got "MERGED"',
    ],
    [
      'events that are a text',
      triggered(pullRequest({ events: untyped('OPEN') })),
      '\'triggers[0].events\' must be a list, got "OPEN"',
    ],
    [
      'the source of a trigger that is a text',
      triggered(push({ source: untyped('Code') })),
      '\'triggers[0].source\' must be a source of this pipeline, got "Code"',
    ],
    [
      'a changed source that is null',
      triggered(sourceChange(untyped(null))),
      "'triggers[0].source' must be a source of this pipeline, got null",
    ],
    [
      'a schedule that is a text',
      triggered(schedule(untyped('rate(1 day)'))),
      '\'triggers[0].schedule\' must be a schedule, got "rate(1 day)"',
    ],
    [
      'a schedule that is missing',
      triggered(schedule(untyped(undefined))),
      "'triggers[0].schedule' must be a schedule, got nothing",
    ],
    [
      'a pipeline that is a name',
      triggered(pipelineSucceeded(untyped('other'))),
      '\'triggers[0].pipeline\' must be a pipeline, got "other"',
    ],
  ])('%s', (_, props, ...starts) => {
    let message = '';
    try {
      delivery(() => props, { stack: { env: HOME } });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n')).toEqual(
      starts.map((start) => expect.stringContaining(`[DeliveryPipeline Shop/Delivery] ${start}`) as string),
    );
  });
});

test('a source in a stage is refused', () => {
  expect(() => new DeliveryPipeline(new Stack(), 'Delivery', { sources: [code], ...steps(next) })).toThrow(
    "'stages[0].steps' must hold no sources, got \"Next\"; put it into 'sources'",
  );
});

test('no step is called like what stands beside the steps', () => {
  const { pipeline } = delivery(() => ({
    ...withTriggers(schedule(events.Schedule.expression('rate(1 day)'))),
    ...steps(BuildStep.shell(['make']), BuildStep.shell(['make'], { stepName: 'Lint' })),
  }));
  const beside = pipeline.node.children
    .map(({ node }) => node.id)
    .filter((id) => !['Source', 'Build', 'Lint'].includes(id));
  expect(beside).toContain('Starts');
  for (const stepName of beside) {
    expect(() => delivery(() => one(PipelineSource.gitHub('a/b', 'main', { stepName })))).toThrow(
      `'sources[0].stepName' must not be a name with a meaning of its own in construct trees, got "${stepName}"; ` +
        'rename the step',
    );
  }
});
