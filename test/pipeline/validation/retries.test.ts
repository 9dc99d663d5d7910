import { App, aws_codepipeline as codepipeline, aws_codepipeline_actions as actions, Stack, Stage } from 'aws-cdk-lib';
import {
  BuildStep,
  CustomStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  FailureHandling,
  MultiEnvPromotionPipeline,
  PipelineStage,
} from '../../../src';
import { cdkApp, Service } from '../../helpers/cdk-app';
import { source } from '../../helpers/delivery';
import { checkDelivery, checkMultiEnvPromotion } from '../../helpers/plans';

const build = BuildStep.shell(['make'], { outputDirectory: 'cdk.out' });

function stageOf(id: string) {
  const stage = new Stage(cdkApp(), id);
  for (const stack of ['Data', 'Api']) new Service(stage, stack);
  return stage;
}

const template = new codepipeline.Artifact('Build').atPath('template.yaml');
const change = { stackName: 'orders', changeSetName: 'release' };

function createChangeSet() {
  return CustomStep.action(
    new actions.CloudFormationCreateReplaceChangeSetAction({
      actionName: 'Create',
      templatePath: template,
      adminPermissions: false,
      ...change,
    }),
  );
}

class MyExecution extends actions.CloudFormationExecuteChangeSetAction {}

function executeChangeSet() {
  return CustomStep.action(new MyExecution({ actionName: 'Execute', ...change }));
}

function problemsOf(...stages: PipelineStage[]) {
  return checkDelivery({ sources: [source], stages: [PipelineStage.steps('Build', [build]), ...stages] });
}

function environment(target: DeployTarget, onFailure: FailureHandling) {
  return PipelineStage.environment(new DeploymentEnvironment('live', { target, onFailure }));
}

const FAILED_ACTIONS = 'must not retry only the failed actions of a stage that executes change sets';
const FIX = 'use FailureHandling.retryAllActions(), which also creates the change sets again';

const targets: Array<[string, () => DeployTarget, string[]]> = [
  ['a stack', () => DeployTarget.cloudFormationStack('orders'), ['Deploy-live']],
  ['a stage of a CDK app', () => DeployTarget.cdkStage(stageOf('Prod')), ['Deploy-live-Api', 'Deploy-live-Data']],
  [
    'a stack and a stage of a CDK app',
    () => DeployTarget.inOrder([DeployTarget.cloudFormationStack('orders'), DeployTarget.cdkStage(stageOf('Prod'))]),
    ['Deploy-live', 'Deploy-live-Api', 'Deploy-live-Data'],
  ],
];

describe.each(targets)('%s', (_, target, names) => {
  test('is not retried without its change sets', () => {
    expect(problemsOf(environment(target(), FailureHandling.retryFailedActions()))).toEqual([
      `'stages[1].environment.onFailure' ${FAILED_ACTIONS}, got ${JSON.stringify(names)}; ${FIX}`,
    ]);
  });

  test.each([
    ['all actions', FailureHandling.retryAllActions()],
    ['a rollback', FailureHandling.rollBack()],
    ['nothing', FailureHandling.none()],
  ])('accepts %s', (_name, onFailure) => {
    expect(problemsOf(environment(target(), onFailure))).toEqual([]);
  });
});

test('holds for waves', () => {
  const environments = [
    new DeploymentWave(
      'Europe',
      ['eu', 'uk'].map(
        (name) => new DeploymentEnvironment(name, { target: DeployTarget.cloudFormationStack(`orders-${name}`) }),
      ),
      { onFailure: FailureHandling.retryFailedActions() },
    ),
  ];
  expect(checkMultiEnvPromotion({ source, buildStep: build, environments })).toEqual([
    `'environments[0].onFailure' ${FAILED_ACTIONS}, got ["Deploy-eu","Deploy-uk"]; ${FIX}`,
  ]);
});

test('is an error of the construct', () => {
  const environments = [
    new DeploymentEnvironment('live', {
      target: DeployTarget.cloudFormationStack('orders'),
      onFailure: FailureHandling.retryFailedActions(),
    }),
  ];
  expect(
    () =>
      new MultiEnvPromotionPipeline(new Stack(new App(), 'Shop'), 'Delivery', {
        source,
        buildStep: build,
        environments,
      }),
  ).toThrow(FAILED_ACTIONS);
});

test('accepts a retry of the failed actions of other targets', () => {
  const retry = FailureHandling.retryFailedActions();
  expect(problemsOf(environment(DeployTarget.staticSite(), retry))).toEqual([]);
});

describe('actions of aws-codepipeline-actions', () => {
  function both() {
    const create = createChangeSet();
    const execute = new actions.CloudFormationExecuteChangeSetAction({ actionName: 'Execute', ...change });
    return [create, CustomStep.action(execute, { after: [create] })];
  }

  test('are not retried without their change sets', () => {
    const onFailure = FailureHandling.retryFailedActions();
    expect(problemsOf(PipelineStage.steps('Live', both(), { onFailure }))).toEqual([
      `'stages[1].onFailure' ${FAILED_ACTIONS}, got ["Execute"]; ${FIX}`,
    ]);
  });

  test('are recognized by the class that they extend', () => {
    const onFailure = FailureHandling.retryFailedActions();
    expect(problemsOf(PipelineStage.steps('Live', [executeChangeSet()], { onFailure }))).toEqual([
      expect.stringContaining(FAILED_ACTIONS),
    ]);
  });

  test('are retried together', () => {
    const onFailure = FailureHandling.retryAllActions();
    expect(problemsOf(PipelineStage.steps('Live', both(), { onFailure }))).toEqual([]);
  });

  test('are not retried apart from the stage that creates the change set', () => {
    const onFailure = FailureHandling.retryAllActions();
    expect(
      problemsOf(
        PipelineStage.steps('Changes', [createChangeSet()]),
        PipelineStage.steps('Live', [executeChangeSet()], { onFailure }),
      ),
    ).toEqual([
      "'stages[2].onFailure' must not retry a stage that executes change sets and does not create them, got " +
        '["Execute"]; create the change sets in the same stage, or use FailureHandling.none()',
    ]);
  });

  test('may be retried where they only create a change set', () => {
    const onFailure = FailureHandling.retryFailedActions();
    expect(problemsOf(PipelineStage.steps('Changes', [createChangeSet()], { onFailure }))).toEqual([]);
  });
});
