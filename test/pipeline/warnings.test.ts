import { App, aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import {
  BuildStep,
  type DeliveryPipelineProps,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeploymentWave,
  EntryCondition,
  Gate,
  PipelineStage,
  TestStep,
  WebAppPipeline,
} from '../../src';
import { source } from '../helpers/delivery';

const CONCURRENT = /concurrent-builds/;

/** Informations of a pipeline. */
function infos(stages: (stack: Stack) => DeliveryPipelineProps['stages']): string[] {
  const stack = new Stack(new App(), 'Shop');
  new DeliveryPipeline(stack, 'Delivery', { sources: [source], stages: stages(stack) });
  return infosOf(stack);
}

function infosOf(stack: Stack): string[] {
  expect(Annotations.fromStack(stack).findWarning('*', Match.anyValue())).toEqual([]);
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry: { data } }) => String(data));
}

function shell(stepName: string, options: object = {}) {
  return BuildStep.shell(['make'], { stepName, ...options });
}

test.each<[string, () => DeliveryPipelineProps['stages'], string]>([
  ['two builds of a stage', () => [PipelineStage.steps('Build', [shell('A'), shell('B')])], 'A, B'],
  [
    'a build and commands',
    () => [PipelineStage.steps('Build', [shell('A'), BuildStep.commands(['ls'], { stepName: 'B' })])],
    'A, B',
  ],
  ['a build and a test', () => [PipelineStage.steps('Build', [shell('A'), TestStep.shell(['ls'])])], 'A, Test'],
  [
    'seven builds',
    () => [
      PipelineStage.steps(
        'Build',
        ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name) => shell(name)),
      ),
    ],
    'A, B, C, D, E, and 2 more',
  ],
  ['a matrix', () => [PipelineStage.steps('Build', [BuildStep.matrix(['make'], { DB: ['a', 'b'] })])], 'Build'],
])('reports %s once', (_, stages, names) => {
  expect(infos(stages)).toEqual([
    `Builds run at the same time: ${names}. New accounts may run only one build of a compute type at a time, and ` +
      'Commands actions count. Further builds wait in a queue; request a higher quota of CodeBuild in Service Quotas ' +
      'in the accounts that run them. [ack: cdk-pipeline-patterns:concurrent-builds]',
  ]);
});

test('reports sites of a wave in one account, and not those in several accounts', () => {
  function wave(...envs: Array<{ account: string; region: string } | undefined>) {
    const stack = new Stack(new App(), 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
    const sites = envs.map((env, i) => new DeploymentEnvironment(`site${i}`, { env }));
    new WebAppPipeline(stack, 'Site', { source, environments: [new DeploymentWave('all', sites)] });
    return infosOf(stack);
  }

  const away = { account: '222222222222', region: 'eu-west-1' };
  expect(wave(undefined, undefined)).toEqual([expect.stringMatching(CONCURRENT)]);
  expect(wave(away, away)).toEqual([expect.stringMatching(CONCURRENT)]);
  expect(wave(undefined, away)).toEqual([]);
});

test.each<[string, () => DeliveryPipelineProps['stages']]>([
  ['one build', () => [PipelineStage.steps('Build', [shell('A')])]],
  [
    'builds one after the other',
    () => {
      const first = shell('A');
      return [PipelineStage.steps('Build', [first, shell('B', { after: [first] })])];
    },
  ],
  ['builds of two stages', () => [PipelineStage.steps('One', [shell('A')]), PipelineStage.steps('Two', [shell('B')])]],
])('reports nothing for %s', (_, stages) => expect(infos(stages)).toEqual([]));

test('reports a function of the app with the default timeout', () => {
  function timeouts(timeout?: Duration) {
    return infos((stack) => {
      const smoke = new lambda.Function(stack, 'Smoke', {
        runtime: lambda.Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: lambda.Code.fromInline('x'),
        timeout,
      });
      const imported = lambda.Function.fromFunctionName(stack, 'Imported', 'smoke');
      return [
        PipelineStage.steps('Test', [
          TestStep.lambdaFunction(smoke),
          TestStep.lambdaFunction(imported, { stepName: 'Other' }),
        ]),
        PipelineStage.steps('Gated', [shell('A')], {
          beforeEntry: EntryCondition.failUnless([Gate.lambdaFunction(smoke)]),
        }),
      ];
    });
  }

  expect(timeouts()).toEqual([
    "The function Shop/Smoke of 'Test' has the default timeout of 3 seconds. If it times out, it reports no result, " +
      'and the action waits 20 minutes before it fails. Set its timeout, e.g. to 30 seconds. ' +
      '[ack: cdk-pipeline-patterns:lambda-timeout[Test]]',
    expect.stringContaining('[ack: cdk-pipeline-patterns:lambda-timeout[Gated-Entry-Function]]'),
  ]);
  expect(timeouts(Duration.seconds(30))).toEqual([]);
});
