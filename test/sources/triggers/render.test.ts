import {
  App,
  aws_codepipeline as codepipeline,
  aws_events as events,
  aws_s3 as s3,
  Duration,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  type DeliveryPipelineProps,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  PullRequestEvent,
  WebAppPipeline,
} from '../../../src';
import { deliveryTemplate, gitHub, withTriggers } from '../../helpers/started';
import { actionsOf, type CfnTemplate, jsonOf, pipelineOf, resourcesOf } from '../../helpers/synth';

const { push, tag, pullRequest, sourceChange, schedule, pipelineSucceeded, manual } = PipelineTrigger;

function templateOf(...triggers: PipelineTrigger[]) {
  return deliveryTemplate(() => withTriggers(...triggers));
}

function gitOf(template: CfnTemplate) {
  return (pipelineOf(template) as unknown as { Triggers?: unknown }).Triggers;
}

function rules(template: CfnTemplate) {
  return Object.fromEntries(resourcesOf(template, 'AWS::Events::Rule').map(([id, { Properties }]) => [id, Properties]));
}

function detects(template: CfnTemplate) {
  return actionsOf(template)[0].Configuration!.DetectChanges;
}

function cron(minute: string) {
  return schedule(events.Schedule.cron({ minute, hour: '2' }));
}

function otherOf(stack: Stack, name: string, id = name) {
  return codepipeline.Pipeline.fromPipelineArn(stack, id, stack.formatArn({ service: 'codepipeline', resource: name }));
}

describe('Git triggers', () => {
  function trigger(GitConfiguration: object) {
    return [
      {
        ProviderType: 'CodeStarSourceConnection',
        GitConfiguration: { SourceActionName: 'Source', ...GitConfiguration },
      },
    ];
  }

  test.each<[string, PipelineTrigger[], object]>([
    ['a push', [push()], { Push: [{ Branches: { Includes: ['main'] } }] }],
    [
      'a push of files',
      [push({ paths: ['apps/**'], pathsExcept: ['**/*.md'] })],
      { Push: [{ Branches: { Includes: ['main'] }, FilePaths: { Includes: ['apps/**'], Excludes: ['**/*.md'] } }] },
    ],
    [
      'a push to any other branch',
      [push({ branchesExcept: ['main'] })],
      { Push: [{ Branches: { Excludes: ['main'] } }] },
    ],
    ['a tag', [tag(['v*'], { tagsExcept: ['v0.*'] })], { Push: [{ Tags: { Includes: ['v*'], Excludes: ['v0.*'] } }] }],
    [
      'a pull request',
      [pullRequest()],
      { PullRequest: [{ Branches: { Includes: ['main'] }, Events: ['OPEN', 'UPDATED'] }] },
    ],
    [
      'a merged pull request',
      [pullRequest({ events: [PullRequestEvent.CLOSED], branches: ['release/*'], paths: ['apps/**'] })],
      {
        PullRequest: [
          { Branches: { Includes: ['release/*'] }, FilePaths: { Includes: ['apps/**'] }, Events: ['CLOSED'] },
        ],
      },
    ],
    [
      'a change and a tag',
      [sourceChange(), tag(['v*'])],
      { Push: [{ Branches: { Includes: ['main'] } }, { Tags: { Includes: ['v*'] } }] },
    ],
    [
      'pushes and pull requests',
      [push(), pullRequest()],
      {
        Push: [{ Branches: { Includes: ['main'] } }],
        PullRequest: [{ Branches: { Includes: ['main'] }, Events: ['OPEN', 'UPDATED'] }],
      },
    ],
  ])('%s', (_, triggers, expected) => {
    const template = templateOf(...triggers);
    expect(gitOf(template)).toEqual(trigger(expected));
    expect([detects(template), rules(template)]).toEqual(['false', {}]);
  });

  test('renders one for each filtered source', () => {
    const [a, b] = [gitHub('acme/a', 'main', 'A'), gitHub('acme/b', 'main', 'B')];
    const template = deliveryTemplate(() => ({
      sources: [a, b],
      triggers: [push({ source: b }), tag(['v*'], { source: a }), pullRequest({ source: b })],
    }));
    expect(gitOf(template)).toMatchObject([
      { GitConfiguration: { SourceActionName: 'A', Push: [{ Tags: { Includes: ['v*'] } }] } },
      {
        GitConfiguration: {
          SourceActionName: 'B',
          Push: [{ Branches: { Includes: ['main'] } }],
          PullRequest: [expect.anything()],
        },
      },
    ]);
  });
});

test.each([
  ['no one', undefined, 'true'],
  ['a change', [sourceChange()], 'true'],
  ['a person', [manual()], 'false'],
  ['a time', [cron('0')], 'false'],
])('started by %s, the source has no filter and detects changes or not', (_, triggers, expected) => {
  const template = deliveryTemplate(() => ({ sources: [gitHub()], triggers }));
  expect([gitOf(template), detects(template)]).toEqual([undefined, expected]);
});

describe('rules', () => {
  test('starts the pipeline with the latest revisions on a schedule', () => {
    const [rule, ...more] = Object.values(rules(templateOf(cron('0'))));
    expect(more).toEqual([]);
    expect(rule).toEqual({
      Description: expect.any(String),
      ScheduleExpression: 'cron(0 2 * * ? *)',
      State: undefined,
      Targets: [{ Id: 'Pipeline', Arn: expect.anything(), RoleArn: expect.anything() }],
    });
  });

  test('allow their role to start this pipeline and nothing else', () => {
    const template = templateOf(cron('0'), cron('30'));
    const [[, { Properties }], ...more] = resourcesOf(template, 'AWS::IAM::Role').filter(([id]) =>
      id.includes('TriggersRole'),
    );
    expect(more).toEqual([]);
    const [pipeline] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
    expect(Properties).toMatchObject({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Action: 'codepipeline:StartPipelineExecution',
                Resource: { 'Fn::Join': ['', expect.arrayContaining([{ Ref: pipeline[0] }])] },
              },
            ],
          },
        },
      ],
    });
  });

  test('match another pipeline by its name', () => {
    const template = deliveryTemplate((stack) => withTriggers(pipelineSucceeded(otherOf(stack, 'library'))));
    expect(Object.values(rules(template))).toMatchObject([
      {
        EventPattern: {
          source: ['aws.codepipeline'],
          'detail-type': ['CodePipeline Pipeline Execution State Change'],
          detail: { pipeline: ['library'], state: ['SUCCEEDED'] },
        },
        Targets: [{ Id: 'Pipeline' }],
      },
    ]);
  });

  test('match another pipeline of the app by reference', () => {
    const stack = new Stack();
    const first = new WebAppPipeline(stack, 'First', { source: gitHub() });
    new DeliveryPipeline(stack, 'Second', {
      ...withTriggers(pipelineSucceeded(first.pipeline)),
      stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
    });
    const template = jsonOf(stack);
    const [id] = resourcesOf(template, 'AWS::CodePipeline::Pipeline').find(([name]) => name.startsWith('First'))!;
    expect(Object.values(rules(template))).toMatchObject([{ EventPattern: { detail: { pipeline: [{ Ref: id }] } } }]);
  });

  test('have different ids if they differ only in punctuation', () => {
    const twins = ['cron(0 2 * * ? *)', 'cron(0 2 ? * * *)', 'cron(0,2 2 ? * 2 *)', 'cron(0-2 2 ? * 2 *)'].map((text) =>
      schedule(events.Schedule.expression(text)),
    );
    const template = deliveryTemplate((stack) =>
      withTriggers(
        ...twins,
        pipelineSucceeded(otherOf(stack, 'a-b')),
        pipelineSucceeded(otherOf(stack, 'a.b')),
        pipelineSucceeded(otherOf(stack, 'a_b')),
      ),
    );
    expect(Object.keys(rules(template))).toHaveLength(7);
  });

  test('have different ids for pipelines with the same name in two scopes', () => {
    const app = new App();

    function made(name: string) {
      return new WebAppPipeline(new Stack(app, name), 'Site', { source: gitHub() }).pipeline;
    }

    const stack = new Stack(app, 'Shop');
    const others = ['One', 'Two'].map((name) => pipelineSucceeded(made(name)));
    new DeliveryPipeline(stack, 'Delivery', {
      ...withTriggers(...others),
      stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
    });
    expect(Object.keys(rules(jsonOf(stack)))).toHaveLength(2);
  });

  test('do not change when one is added', () => {
    const few = rules(
      deliveryTemplate((stack) => withTriggers(cron('0'), pipelineSucceeded(otherOf(stack, 'library')))),
    );
    const many = rules(
      deliveryTemplate((stack) =>
        withTriggers(
          pipelineSucceeded(otherOf(stack, 'first')),
          schedule(events.Schedule.rate(Duration.days(1))),
          pipelineSucceeded(otherOf(stack, 'library', 'Renamed')),
          cron('30'),
          cron('0'),
        ),
      ),
    );
    expect(Object.keys(few)).toHaveLength(2);
    expect(many).toMatchObject(few);
    expect(Object.keys(many)).toHaveLength(5);
  });

  test('have the same ids in every stage of an app', () => {
    function idsIn(stageName: string) {
      const stage = new Stage(new App(), stageName);
      const first = new WebAppPipeline(new Stack(stage, 'Web'), 'Site', { source: gitHub() }).pipeline;
      const stack = new Stack(stage, 'Shop');
      new DeliveryPipeline(stack, 'Delivery', {
        ...withTriggers(pipelineSucceeded(first)),
        stages: [PipelineStage.steps('Build', [BuildStep.shell(['make'])])],
      });
      return Object.keys(rules(jsonOf(stack)));
    }

    expect(idsIn('Alpha')).toEqual(idsIn('Beta'));
  });

  test('have unique ids for all names of sources', () => {
    function props(stack: Stack): Pick<DeliveryPipelineProps, 'sources' | 'triggers'> {
      const data = s3.Bucket.fromBucketName(stack, 'Data', 'acme-data');
      const sources = ['Code', 'Schedule-rate-1-day'].map((stepName) =>
        PipelineSource.s3(data, `${stepName}.zip`, { stepName }),
      );
      return {
        sources,
        triggers: [...sources.map((source) => sourceChange(source)), schedule(events.Schedule.rate(Duration.days(1)))],
      };
    }

    expect(Object.keys(rules(deliveryTemplate(props)))).toHaveLength(3);
  });
});
