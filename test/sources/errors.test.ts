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
import { IMAGE_TAG } from '../../src/aws/limits';
import { A_LIST } from '../../src/common/rules';
import { NO_SOURCES } from '../../src/patterns/delivery/plan';
import { NON_EMPTY_STRING, atLeastOne } from '../../src/pipeline/problems';
import { KNOWN_AT_SYNTH, UNIQUE_ACTIONS, consistOf, RESOURCE, NO_RESERVED_NAME } from '../../src/pipeline/rules';
import { QUALIFIED_NAME } from '../../src/pipeline/validation/names';
import { CONNECTION_ARN, connection, delivery, gitHub, HOME, withTriggers } from '../helpers/started';

const OTHER_ENV = { account: '222222222222', region: 'us-east-1' };
const otherStack = new Stack(new App(), 'Other', { env: OTHER_ENV });
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

function only(source: PipelineSource) {
  return { sources: [source] };
}

function cron(text: string) {
  return withTriggers(schedule(events.Schedule.expression(text)));
}

const nine = [...'abcdefghi'];
const long = 'x'.repeat(256);

function steps(...stepList: Parameters<typeof PipelineStage.steps>[1]) {
  return { stages: [PipelineStage.steps('Build', stepList)] };
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

/** Invalid props, each with all error messages that they cause. */
const WRONG: ReadonlyArray<
  [string, Partial<DeliveryPipelineProps> & Pick<DeliveryPipelineProps, 'sources'>, ...string[]]
> = [
  [
    'a repository in three parts on GitHub',
    only(gitHub('acme/team/shop')),
    "'sources[0].repository' must consist of 'owner/repository', got \"acme/team/shop\"; use the form " +
      "'owner/repository', without the URL of the provider",
  ],
  [
    'a repository in three parts on Bitbucket',
    only(PipelineSource.bitbucket('acme/team/shop', 'main', { connection })),
    "'sources[0].repository' must consist of 'owner/repository', got \"acme/team/shop\"; use the form " +
      "'owner/repository', without the URL of the provider",
  ],
  [
    'a project without a group',
    only(PipelineSource.gitLab('shop', 'main', { connection })),
    "'sources[0].repository' must consist of 'group/project', with subgroups if there are any, got \"shop\"; use " +
      "the form 'group/project', with subgroups if there are any, without the URL of the provider",
  ],
  [
    'a repository of Azure DevOps by address',
    only(PipelineSource.azureDevOps('https://dev.azure.com/acme/shop', 'main', { connection })),
    "'sources[0].repository' must consist of 'organization/project/repository', got " +
      '"https://dev.azure.com/acme/shop"; use the form \'organization/project/repository\', without the URL of the ' +
      'provider',
  ],
  [
    'a branch as a reference',
    only(gitHub('acme/shop', 'refs/heads/main')),
    '\'sources[0].branch\' must consist of a branch name as git accepts it, got "refs/heads/main"; use the ' +
      "branch name only, e.g. 'main', without 'refs/heads/'",
  ],
  [
    'a branch that is a token',
    only(PipelineSource.codeCommit(repository, token)),
    `'sources[0].branch' must ${KNOWN_AT_SYNTH}, got ` + '"a token"; pass a literal string',
  ],
  [
    'an object without a key',
    only(PipelineSource.s3(bucket, '')),
    `'sources[0].objectKey' must ${NON_EMPTY_STRING}, got ""; use the key of a zip file, e.g. 'releases/app.zip'`,
  ],
  [
    'an object with a pattern',
    only(PipelineSource.s3(bucket, 'releases/{app}.zip')),
    "'sources[0].objectKey' must consist of letters, digits and any of '!-_.*'()/', not ending with '/', " +
      'got "releases/{app}.zip"; use the key of a zip file, e.g. \'releases/app.zip\'',
  ],
  [
    'a bucket without versions',
    only(PipelineSource.s3(bucketOf(any), 'app.zip')),
    `'sources[0].bucket' must be versioned, got "Any/Bucket${any.node.children.length - 1}"; set versioned: ` +
      'true; each execution reads one object version',
  ],
  [
    'an invalid tag',
    only(PipelineSource.ecr(images, { imageTag: 'v1:2' })),
    `'sources[0].imageTag' must ${consistOf(IMAGE_TAG)}, got "v1:2"; use a valid image tag, e.g. 'latest'`,
  ],
  [
    'a connection by name',
    only(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn('my-connection') })),
    '\'sources[0].connection\' must be the ARN of a connection, got "my-connection"; copy it from the list of ' +
      'connections in the console: arn:aws:codeconnections:<region>:<account>:connection/<id>',
  ],
  [
    'a host for GitHub.com',
    only(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.pending({ hostArn: HOST }) })),
    `'sources[0].connection.hostArn' must not be set for GitHub, got "${HOST}"; remove it; only self-managed ` +
      'servers have hosts',
  ],
  [
    'no host for a server',
    only(PipelineSource.gitHubEnterpriseServer('a/b', 'main')),
    "'sources[0].connection.hostArn' must be the ARN of a host for a new connection to GitHubEnterpriseServer, " +
      'got nothing; create the host and complete its setup in the console, then pass its ARN to ' +
      'GitConnection.pending(), or use an existing connection',
  ],
  [
    'no host for another server',
    only(PipelineSource.gitLabSelfManaged('a/b', 'main')),
    "'sources[0].connection.hostArn' must be the ARN of a host for a new connection to GitLabSelfManaged, got " +
      'nothing; create the host and complete its setup in the console, then pass its ARN to ' +
      'GitConnection.pending(), or use an existing connection',
  ],
  [
    'a host by address',
    only(
      PipelineSource.gitLabSelfManaged('a/b', 'main', {
        connection: GitConnection.pending({ hostArn: 'https://git.acme.com' }),
      }),
    ),
    '\'sources[0].connection.hostArn\' must be the ARN of a host, got "https://git.acme.com"; copy it from the ' +
      'list of hosts in the console',
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
    '\'sources\' must use a unique name for each new connection, got "acme"; create the connection once, and ' +
      'pass its ARN to all sources with GitConnection.fromArn()',
  ],
  [
    'two sources of one name',
    { sources: [gitHub('a/b'), gitHub('a/c')], triggers: [manual()] },
    `'stages' must ${UNIQUE_ACTIONS}, got "Source"; rename the step, and use each step once`,
  ],
  [
    'a repository in another Region',
    only(
      PipelineSource.codeCommit(
        codecommit.Repository.fromRepositoryArn(
          otherStack,
          'Repository',
          'arn:aws:codecommit:us-east-1:222222222222:shop',
        ),
        'main',
      ),
    ),
    '\'sources[0].repository\' must be in the Region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
      'create the pipeline in the Region of the repository; its environments can be in other Regions',
  ],
  [
    'a bucket in another Region',
    only(PipelineSource.s3(new s3.Bucket(otherStack, 'Bucket', { versioned: true }), 'a.zip')),
    '\'sources[0].bucket\' must be in the Region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
      'replicate the object to a bucket in that Region',
  ],
  [
    'images in another Region',
    only(
      PipelineSource.ecr(
        ecr.Repository.fromRepositoryArn(otherStack, 'Images', 'arn:aws:ecr:us-east-1:222222222222:repository/shop'),
      ),
    ),
    '\'sources[0].repository\' must be in the Region of the pipeline, eu-west-1, got "222222222222/us-east-1"; ' +
      'replicate the image to a repository in that Region',
  ],

  [
    'no triggers',
    { sources: [code], triggers: [] },
    "'triggers' must contain at least one trigger, got []; remove it to start on every source change, or use " +
      '[PipelineTrigger.manual()]',
  ],
  [
    'a manual trigger with others',
    withTriggers(manual(), push()),
    '\'triggers\' must not combine PipelineTrigger.manual() with other triggers, got "2 triggers"; remove it, or ' +
      'remove the other triggers',
  ],
  [
    'a source of another pipeline',
    { sources: [code], triggers: [push({ source: next })] },
    "'triggers[0].source' must be a source of this pipeline, got \"Next\"; choose one of 'Code'",
  ],
  [
    'a change of a source of another pipeline',
    { sources: [code, data], triggers: [push(), sourceChange(next)] },
    "'triggers[1].source' must be a source of this pipeline, got \"Next\"; choose one of 'Code', 'Data'",
  ],
  [
    'a filter on a bucket',
    { sources: [data], triggers: [push()] },
    '\'triggers[0].source\' must be a source that is read through a connection, got "Data"; use ' +
      'PipelineTrigger.sourceChange(); S3 sources do not support filters',
  ],
  [
    'a filter on CodeCommit',
    { sources: [PipelineSource.codeCommit(repository, 'main')], triggers: [tag(['v*'])] },
    '\'triggers[0].source\' must be a source that is read through a connection, got "Source"; use ' +
      'PipelineTrigger.sourceChange(); CodeCommit sources do not support filters',
  ],
  [
    'four pushes',
    withTriggers(...['a', 'b', 'c', 'd'].map((branch) => push({ branches: [branch] }))),
    "'triggers' must contain at most 3 triggers for pushes and tags of 'Source', got 4; combine patterns; one " +
      'trigger takes up to 8',
  ],
  [
    'three filters and a change',
    withTriggers(sourceChange(), tag(['a']), tag(['b']), push({ branches: ['c'] })),
    "'triggers' must contain at most 3 triggers for pushes and tags of 'Source', got 4; combine patterns; one " +
      'trigger takes up to 8',
  ],
  [
    'four pull requests',
    withTriggers(...['a', 'b', 'c', 'd'].map((branch) => pullRequest({ branches: [branch] }))),
    "'triggers' must contain at most 3 triggers for pull requests of 'Source', got 4; combine patterns; one " +
      'trigger takes up to 8',
  ],
  [
    'nine branches',
    withTriggers(push({ branches: nine })),
    "'triggers[0].branches' must contain at most 8 patterns, got 9; combine some, e.g. 'release/{1,2}.*'",
  ],
  [
    'nine excluded branches',
    withTriggers(push({ branchesExcept: nine })),
    "'triggers[0].branchesExcept' must contain at most 8 patterns, got 9; combine some, e.g. 'release/{1,2}.*'",
  ],
  [
    'nine paths',
    withTriggers(push({ paths: nine })),
    "'triggers[0].paths' must contain at most 8 patterns, got 9; combine some, e.g. 'release/{1,2}.*'",
  ],
  [
    'nine excluded paths',
    withTriggers(pullRequest({ pathsExcept: nine })),
    "'triggers[0].pathsExcept' must contain at most 8 patterns, got 9; combine some, e.g. 'release/{1,2}.*'",
  ],
  [
    'nine tags',
    withTriggers(tag(nine)),
    "'triggers[0].tags' must contain at most 8 patterns, got 9; combine some, e.g. 'release/{1,2}.*'",
  ],
  [
    'nine excluded tags',
    withTriggers(tag([], { tagsExcept: nine })),
    "'triggers[0].tagsExcept' must contain at most 8 patterns, got 9; combine some, e.g. 'release/{1,2}.*'",
  ],
  [
    'an empty pattern',
    withTriggers(push({ branches: [''] })),
    '\'triggers[0].branches\' must contain patterns of 1 to 255 characters, got ""; change the pattern',
  ],
  [
    'a long pattern',
    withTriggers(tag([long])),
    "'triggers[0].tags' must contain patterns of 1 to 255 characters, got " +
      `${JSON.stringify(long).slice(0, 117)}...; change the pattern`,
  ],
  [
    'nested braces',
    withTriggers(push({ branches: ['{a,{b,c}}'] })),
    "'triggers[0].branches' must not contain nested braces, got \"{a,{b,c}}\"; escape literal characters with '\\'",
  ],
  [
    'an open brace',
    withTriggers(push({ paths: ['*.{ts,js'] })),
    "'triggers[0].paths' must close each '{', got \"*.{ts,js\"; escape literal characters with '\\'",
  ],
  [
    'a closing brace without an opening one',
    withTriggers(push({ paths: ['a}'] })),
    "'triggers[0].paths' must not contain '}' without '{', got \"a}\"; escape literal characters with '\\'",
  ],
  [
    'an open bracket',
    withTriggers(tag(['v[0-9'])),
    "'triggers[0].tags' must close each '[', got \"v[0-9\"; escape literal characters with '\\'",
  ],
  [
    'a backslash at the end',
    withTriggers(tag(['v\\'])),
    "'triggers[0].tags' must not end in '\\', got \"v\\\\\"; escape literal characters with '\\'",
  ],
  [
    'a branch of a trigger as a reference',
    withTriggers(push({ branches: ['refs/heads/main'] })),
    "'triggers[0].branches' must contain names without 'refs/heads/', got \"refs/heads/main\"; use 'main'",
  ],
  [
    'a tag as a reference',
    withTriggers(tag(['refs/tags/v*'])),
    "'triggers[0].tags' must contain names without 'refs/tags/', got \"refs/tags/v*\"; use 'v*'",
  ],
  [
    'a path from the root',
    withTriggers(push({ paths: ['/apps/**'] })),
    '\'triggers[0].paths\' must contain paths relative to the root of the repository, got "/apps/**"; remove the ' +
      "leading '/' or './', e.g. 'apps/web/**'",
  ],
  [
    'a path that starts with a dot',
    withTriggers(push({ pathsExcept: ['./docs/**'] })),
    '\'triggers[0].pathsExcept\' must contain paths relative to the root of the repository, got "./docs/**"; ' +
      "remove the leading '/' or './', e.g. 'apps/web/**'",
  ],
  [
    'patterns that are all excluded',
    withTriggers(push({ branches: ['a', 'b'], branchesExcept: ['b', 'a'] })),
    '\'triggers[0].branches\' must contain a pattern that is not in branchesExcept, got ["a","b"]; remove it ' +
      'from one of the lists; exclusions take precedence',
  ],
  [
    'no tag',
    withTriggers(tag([])),
    "'triggers[0].tags' must contain at least one pattern, got []; use PipelineTrigger.tag(['**']) for all tags",
  ],
  [
    'no event',
    withTriggers(pullRequest({ events: [] })),
    `'triggers[0].events' must ${atLeastOne('event')}, got []; remove it to use the default, opened and ` +
      'updated pull requests',
  ],
  [
    'the same filter twice',
    withTriggers(push(), push({ branches: ['main'] })),
    "'triggers' must not contain duplicate triggers for pushes and tags of 'Source', got " +
      '{"branches":{"includes":["main"],"excludes":[]}}; remove one of them',
  ],
  [
    'a change that equals a filter',
    withTriggers(sourceChange(), push()),
    "'triggers' must not contain duplicate triggers for pushes and tags of 'Source', got " +
      '{"branches":{"includes":["main"],"excludes":[]}}; remove one of them',
  ],
  [
    'the same tags in another order',
    withTriggers(tag(['a', 'b']), tag(['b', 'a'])),
    "'triggers' must not contain duplicate triggers for pushes and tags of 'Source', got " +
      '{"tags":{"includes":["a","b"],"excludes":[]}}; remove one of them',
  ],
  [
    'the same pull requests',
    withTriggers(pullRequest(), pullRequest({ events: [PullRequestEvent.UPDATED, PullRequestEvent.OPENED] })),
    "'triggers' must not contain duplicate triggers for pull requests of 'Source', got " +
      '{"branches":{"includes":["main"],"excludes":[]},"events":["OPEN","UPDATED"]}; remove one of them',
  ],
  [
    'the same change twice',
    { sources: [code], triggers: [sourceChange(), sourceChange(code)] },
    "'triggers' must not contain duplicate triggers, got \"sourceChange of 'Code'\"; remove one of them",
  ],
  [
    'the same time twice',
    withTriggers(...['1 day', '1 day'].map((every) => schedule(events.Schedule.expression(`rate(${every})`)))),
    '\'triggers\' must not contain duplicate triggers, got "rate(1 day)"; remove one of them',
  ],
  [
    'the same pipeline twice',
    withTriggers(pipelineSucceeded(pipelineIn(any)), pipelineSucceeded(pipelineIn(any))),
    '\'triggers\' must not contain duplicate triggers, got "pipelineSucceeded of other"; remove one of them',
  ],
  [
    'no schedule',
    cron('every night'),
    '\'triggers[0].schedule\' must be a rate or a cron expression with six fields, got "every night"; use e.g. ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'a Unix cron expression',
    cron('cron(0 2 * * *)'),
    '\'triggers[0].schedule\' must be a rate or a cron expression with six fields, got "cron(0 2 * * *)"; use ' +
      "e.g. events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'a rate of zero',
    cron('rate(0 hours)'),
    '\'triggers[0].schedule\' must be a rate or a cron expression with six fields, got "rate(0 hours)"; use e.g. ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'a rate of 1 hours',
    cron('rate(1 hours)'),
    '\'triggers[0].schedule\' must be a rate or a cron expression with six fields, got "rate(1 hours)"; use e.g. ' +
      "events.Schedule.cron({ minute: '0', hour: '2' })",
  ],
  [
    'a day of the month and a day of the week',
    cron('cron(0 2 1 * MON *)'),
    "'triggers[0].schedule' must have '?' as either the day of the month or the day of the week, got \"cron(0 2 " +
      '1 * MON *)"; set only one of the two',
  ],
  [
    'neither a day of the month nor a day of the week',
    cron('cron(0 2 ? * ? *)'),
    "'triggers[0].schedule' must have '?' as either the day of the month or the day of the week, got \"cron(0 2 " +
      '? * ? *)"; set only one of the two',
  ],
  [
    'every minute',
    withTriggers(schedule(events.Schedule.cron({ hour: '2' }))),
    "'triggers[0].schedule' must specify the minute, because it otherwise starts an execution every minute of " +
      'the matching hours, got "cron(* 2 * * ? *)"; set minute: \'0\'',
  ],
  [
    'a pipeline in another Region',
    withTriggers(pipelineSucceeded(pipelineIn(otherStack))),
    "'triggers[0].pipeline' must be in the account and Region of this pipeline, 111111111111/eu-west-1, got " +
      '"other in 222222222222/us-east-1"; forward its events to the event bus of this account and Region, and ' +
      'start this pipeline with your own rule: pipeline.onEvent()',
  ],
  [
    'two branches of one repository',
    { sources: [code, next] },
    "'triggers' must start executions from only one source of acme/shop, because AWS reports changes of only " +
      'one of its branches, got ["Code","Next"]; set the triggers, e.g. [PipelineTrigger.sourceChange(source)]; ' +
      'every execution reads all sources',
  ],
  [
    'two branches of one repository with a filter',
    { sources: [code, next], triggers: [sourceChange(), tag(['v*'], { source: next })] },
    "'triggers' must start executions from only one source of acme/shop, because AWS reports changes of only " +
      'one of its branches, got ["Code","Next"]; set the triggers, e.g. [PipelineTrigger.sourceChange(source)]; ' +
      'every execution reads all sources',
  ],

  [
    'commands on a full clone',
    { sources: [clone], ...steps(CustomStep.actionType(CustomActionCategory.BUILD, 'Acme')) },
    '\'stages[0].steps[0]\' must not use a full clone, got "Source"; only CodeBuild can read it; use the ' +
      'artifact of a build, or disable fullClone',
  ],
  [
    'a deployment of a full clone',
    {
      sources: [PipelineSource.codeCommit(repository, 'main', { fullClone: true })],
      stages: [
        PipelineStage.environment(new DeploymentEnvironment('production', { target: DeployTarget.staticSite() })),
      ],
    },
    '\'stages[0].environment.target\' must not use a full clone, got "Source"; only CodeBuild can read it; use ' +
      'the artifact of a build, or disable fullClone',
  ],
];

test.each(WRONG)('rejects %s', (_, props, ...messages) => {
  let message = '';
  try {
    delivery(() => props, { stack: { env: HOME } });
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message.split('\n')).toEqual(messages.map((line) => `[DeliveryPipeline Shop/Delivery] ${line}`));
});

describe('rejects too many', () => {
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
      'bytes of triggers',
      many(40, 8),
      /'triggers' must have at most 204800 bytes in total, got 25\d{4}; use fewer or shorter patterns$/,
    ],
    [
      'filtered sources',
      many(51, 1),
      /'triggers' must contain filters for at most 50 sources, got 51; split the pipeline$/m,
    ],
  ])('%s', (_, props, message) => {
    expect(() => delivery(() => props)).toThrow(message);
  });
});

describe('accepts', () => {
  test.each<[string, Partial<DeliveryPipelineProps> & Pick<DeliveryPipelineProps, 'sources'>]>([
    [
      'an old ARN',
      only(
        PipelineSource.gitHub('a/b', 'main', {
          connection: GitConnection.fromArn(CONNECTION_ARN.replace('codeconnections', 'codestar-connections')),
        }),
      ),
    ],
    [
      'a connection that is a token',
      only(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn(token) })),
    ],
    ['a pattern that is a token', withTriggers(push({ branches: [token] }))],
    ['a schedule that is a token', cron(token)],
    ['a project with a space', only(PipelineSource.azureDevOps('acme/My Shop/web', 'main', { connection }))],
    ['subgroups', only(PipelineSource.gitLab('acme/team/web/shop', 'main', { connection }))],
    ['brackets, escapes and braces', withTriggers(push({ branches: ['v[0-9]', '[!a-c]{x,y}', '\\{a', 'a[{]b'] }))],
    [
      'two branches of one repository of which one starts executions',
      { sources: [code, next], triggers: [sourceChange(next)] },
    ],
    [
      'the same name on two providers',
      { sources: [code, PipelineSource.bitbucket('acme/shop', 'next', { connection, stepName: 'Mirror' })] },
    ],
    ['an imported bucket', only(data)],
    [
      'a pipeline without a concrete environment',
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
      'three filters of each kind',
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

  test('a pipeline if the environment of this one is unknown', () => {
    expect(() => delivery(() => withTriggers(pipelineSucceeded(pipelineIn(otherStack, 'third'))))).not.toThrow();
  });
});

/** Callers from JavaScript and jsii can pass any value. An invalid one causes an error that names its property. */
describe('rejects values of wrong types from JavaScript:', () => {
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
    ['sources that are no list', { sources: untyped(code) }, "'sources' must contain at least one PipelineSource"],
    [
      'a git repository that is missing',
      only(PipelineSource.gitHub(untyped(undefined), untyped(5))),
      `'sources[0].repository' must ${NON_EMPTY_STRING}, got nothing`,
      `'sources[0].branch' must ${NON_EMPTY_STRING}, got 5`,
    ],
    [
      'a connection that is a text',
      only(PipelineSource.gitHub('a/b', 'main', { connection: untyped(CONNECTION_ARN) })),
      "'sources[0].connection' must be a GitConnection, got ",
    ],
    [
      'an ARN that is missing',
      only(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromArn(untyped(undefined)) })),
      "'sources[0].connection' must be the ARN of a connection, got nothing",
    ],
    [
      'a parameter that is missing',
      only(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromParameter(untyped(undefined)) })),
      `'sources[0].connection' must ${NON_EMPTY_STRING}, got nothing`,
    ],
    [
      'a parameter by a part of its path',
      only(PipelineSource.gitHub('a/b', 'main', { connection: GitConnection.fromParameter('delivery/connection') })),
      `'sources[0].connection' must ${QUALIFIED_NAME}, got "delivery/connection"; use '/delivery/connection'`,
    ],
    [
      'a host that is a number',
      only(
        PipelineSource.gitLabSelfManaged('a/b', 'main', { connection: GitConnection.pending({ hostArn: untyped(1) }) }),
      ),
      "'sources[0].connection.hostArn' must be the ARN of a host, got 1",
    ],
    [
      'a CodeCommit repository that is a name',
      only(PipelineSource.codeCommit(untyped('shop'), 'main', { fullClone: true })),
      '\'sources[0].repository\' must be a CodeCommit repository, got "shop"',
    ],
    [
      'a bucket that is missing',
      only(PipelineSource.s3(untyped(undefined), untyped(null))),
      "'sources[0].bucket' must be an S3 bucket, got nothing",
      `'sources[0].objectKey' must ${NON_EMPTY_STRING}, got null`,
    ],
    [
      'images that are missing',
      only(PipelineSource.ecr(untyped({}))),
      `'sources[0].repository' must be ${RESOURCE.repository}, got {}`,
    ],
    [
      'a step name that is a number',
      only(PipelineSource.gitHub('a/b', 'main', { stepName: untyped(1) })),
      `'sources[0].stepName' must ${NON_EMPTY_STRING}, got 1`,
    ],
    ['triggers that are no list', { sources: [code], triggers: untyped(push()) }, `'triggers' must ${A_LIST}, got {`],
    ['a trigger that is a text', triggered('push'), '\'triggers[0]\' must be a PipelineTrigger, got "push"'],
    [
      'branches that are a text',
      triggered(push({ branches: untyped('main') })),
      `'triggers[0].branches' must ${A_LIST}, got "main"`,
    ],
    [
      'a path that is missing',
      triggered(pullRequest({ pathsExcept: untyped([undefined]) })),
      "'triggers[0].pathsExcept' must contain patterns of 1 to 255 characters, got nothing",
    ],
    [
      'tags that are missing',
      triggered(tag(untyped(undefined))),
      "'triggers[0].tags' must contain at least one pattern, got []",
    ],
    [
      'an event that is none',
      triggered(pullRequest({ events: untyped(['MERGED']) })),
      '\'triggers[0].events\' must contain only OPEN, UPDATED, CLOSED, got "MERGED"',
    ],
    [
      'events that are a text',
      triggered(pullRequest({ events: untyped('OPEN') })),
      `'triggers[0].events' must ${A_LIST}, got "OPEN"`,
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

test('rejects a source in a stage', () => {
  expect(() => new DeliveryPipeline(new Stack(), 'Delivery', { sources: [code], ...steps(next) })).toThrow(
    `'stages[0].steps' must ${NO_SOURCES}, got "Next"; move it to 'sources'`,
  );
});

test('rejects step names that equal other construct ids of the pipeline', () => {
  const { pipeline } = delivery(() => ({
    ...withTriggers(schedule(events.Schedule.expression('rate(1 day)'))),
    ...steps(BuildStep.shell(['make']), BuildStep.shell(['make'], { stepName: 'Lint' })),
  }));
  const beside = pipeline.node.children
    .map(({ node }) => node.id)
    .filter((id) => !['Source', 'Build', 'Lint'].includes(id));
  expect(beside).toContain('Triggers');
  for (const stepName of beside) {
    expect(() => delivery(() => only(PipelineSource.gitHub('a/b', 'main', { stepName })))).toThrow(
      `'sources[0].stepName' must ${NO_RESERVED_NAME}, got "${stepName}"; rename the step`,
    );
  }
});
