import { App, CfnOutput, Fn, Stack, Stage } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  type DeploymentEnvironmentOptions,
  DeploymentWave,
  DeployTarget,
  FailureHandling,
  Gate,
  MultiEnvPromotionPipeline,
  PipelineSource,
  type ReleaseDestination,
  SuccessCondition,
  TestStep,
} from '../../src';
import { NO_REVIEW_ROLLBACK, reviewChangeSets } from '../../src/environments/review-change-sets';
import type { StepPlan } from '../../src/pipeline/pipeline-plan';
import { TYPE } from '../../src/pipeline/rules';
import { inRunOrder } from '../../src/pipeline/run-order';
import { NO_IMPORTS } from '../../src/targets/cdk-stage/validate-stage';

const HOME = { account: '111111111111', region: 'eu-west-1' };
const approval = Approval.manual();

interface StageJson {
  readonly Name: string;
  readonly OnFailure?: unknown;
  readonly Actions: ReadonlyArray<{ Name: string; RunOrder: number; Configuration?: Record<string, string> }>;
}

function stagesOf(app: App, ...environments: ReleaseDestination[]): readonly StageJson[] {
  new MultiEnvPromotionPipeline(new Stack(app, 'Tools', { env: HOME }), 'Delivery', {
    source: PipelineSource.gitHub('acme/orders', 'main'),
    buildStep: BuildStep.shell(['make'], { outputDirectory: 'cdk.out' }),
    environments,
  });
  const { template } = app.synth().getStackByName('Tools') as {
    template: { Resources: Record<string, { Type: string; Properties: { Stages: StageJson[] } }> };
  };
  const pipeline = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')!;
  return pipeline.Properties.Stages.slice(2);
}

/** The names of actions that run at the same time, in their order. */
function order({ Actions }: StageJson): string[][] {
  const last = Math.max(...Actions.map(({ RunOrder }) => RunOrder));
  return Array.from({ length: last }, (_, i) =>
    Actions.filter(({ RunOrder }) => RunOrder === i + 1)
      .map(({ Name }) => Name)
      .sort(),
  );
}

/** A stage with a stack, and one that depends on it; `reference` imports a value. */
function cdkStage(app: App, reference: (exporter: Stack) => string = () => 'data') {
  const stage = new Stage(app, 'Live', { env: HOME });
  const data = new Stack(stage, 'Data');
  const topic = new CfnTopic(data, 'Topic');
  new CfnOutput(data, 'Name', { value: topic.attrTopicName, exportName: 'topic-name' });
  const api = new Stack(stage, 'Api');
  new CfnTopic(api, 'Topic', { displayName: reference(data) });
  api.node.addDependency(data);
  return DeployTarget.cdkStage(stage);
}

function live(options: DeploymentEnvironmentOptions) {
  return new DeploymentEnvironment('live', { approval, reviewChangeSets: true, ...options });
}

function orders(name: string) {
  return DeployTarget.cloudFormationStack(`orders-${name}`);
}

test('creates all change sets of a CDK app, requests an approval, and executes them in stack order', () => {
  const app = new App();
  const [stage, ...others] = stagesOf(app, live({ target: cdkStage(app), tests: [TestStep.shell(['./accept.sh'])] }));
  expect(others).toEqual([]);
  expect(order(stage)).toEqual([
    ['Publish-live'],
    ['Prepare-live-Api', 'Prepare-live-Data'],
    ['Approve-live'],
    ['Deploy-live-Data'],
    ['Deploy-live-Api'],
    ['Test-live'],
  ]);
  expect(stage.OnFailure).toBeUndefined();
});

test('names the change sets in the comment of the approval', () => {
  const [stage] = stagesOf(new App(), live({ target: orders('live') }));
  const { Configuration } = stage.Actions.find(({ Name }) => Name === 'Approve-live')!;
  expect(Configuration!.CustomData).toMatch(
    /^Release to live\. Review the change sets named pipeline of its stacks\. /,
  );
});

test('requests several approvals in their order', () => {
  const approvals = Approval.inOrder([
    Approval.manual({ approvalName: 'Team' }),
    Approval.manual({ approvalName: 'Security' }),
  ]);
  const [stage] = stagesOf(new App(), live({ target: orders('live'), approval: approvals }));
  expect(order(stage)).toEqual([['Prepare-live'], ['Approve-live-Team'], ['Approve-live-Security'], ['Deploy-live']]);
});

test('creates the change sets of all environments of a wave', () => {
  const members = ['a', 'b'].map((name) => new DeploymentEnvironment(name, { target: orders(name) }));
  const [stage] = stagesOf(
    new App(),
    new DeploymentWave('all', members, { approval, reviewChangeSets: true, maxParallel: 1 }),
  );
  expect(order(stage)).toEqual([['Prepare-a'], ['Prepare-b'], ['Approve-all'], ['Deploy-a'], ['Deploy-b']]);
});

test('executes a change set after everything that its creation waited for', () => {
  const common = {
    path: 'target',
    provider: 'cloudFormation' as const,
    inputs: [],
    outputs: [],
    configuration: {},
    spec: { kind: 'any' },
  };
  const steps: StepPlan[] = [
    { ...common, name: 'Migrate' },
    { ...common, name: 'Prepare', after: ['Migrate'], changeSet: 'create' },
    { ...common, name: 'Deploy', after: ['Prepare'], changeSet: 'execute' },
  ];
  const reviewed = inRunOrder(reviewChangeSets(steps, [{ ...common, name: 'Approve' }]));
  const runOrders = Object.fromEntries(reviewed.map(({ name, runOrder }) => [name, runOrder]));
  expect(runOrders).toEqual({ Prepare: 1, Approve: 2, Migrate: 3, Deploy: 4 });
});

function complaints(make: (app: App) => DeploymentEnvironment): string[] {
  const app = new App();
  try {
    stagesOf(app, make(app));
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').map((line) => line.replace(/^\[\w+ [\w/]+\] /, ''));
  }
}

const gate = Gate.buildStep(BuildStep.shell(['./check.sh']));

test.each<[string, (app: App) => DeploymentEnvironment, string]>([
  [
    'an export of another stack',
    (app) => live({ target: cdkStage(app, () => Fn.importValue('topic-name')) }),
    "'environments[0].target.stage' must not contain stacks that import values of others, because all change sets " +
      'are created first, got ["Live-Api imports from Live-Data"]; combine the stacks, ' +
      'pass names instead of references, or remove reviewChangeSets from the environment',
  ],
  [
    'a reference to another stack',
    (app) => live({ target: cdkStage(app, (data) => (data.node.findChild('Topic') as CfnTopic).attrTopicName) }),
    `'environments[0].target.stage' must ${NO_IMPORTS}, got ["Live-Api imports from Live-Data"]; combine`,
  ],
  [
    'a rollback of a failed release',
    () => live({ target: orders('live'), onFailure: FailureHandling.rollBack() }),
    "'environments[0].onFailure' must not roll back or retry a stage whose change sets are reviewed, got " +
      '"roll-back"; use FailureHandling.none(): a rejected',
  ],
  [
    'a retry',
    () => live({ target: orders('live'), onFailure: FailureHandling.retryAllActions() }),
    `'environments[0].onFailure' must ${NO_REVIEW_ROLLBACK}, got "retry"; use FailureHandling.none()`,
  ],
  [
    'a rollback after the deployment',
    () => live({ target: orders('live'), onSuccess: SuccessCondition.rollBackUnless([gate]) }),
    `'environments[0].onSuccess' must ${NO_REVIEW_ROLLBACK}, got "rollBackUnless"; use SuccessCondition.failUnless`,
  ],
  [
    'no approval',
    () => live({ target: orders('live'), approval: Approval.none() }),
    "'environments[0].reviewChangeSets' must be set only together with an approval, got true; set approval",
  ],
  [
    'no change set',
    () => live({ target: DeployTarget.staticSite() }),
    "'environments[0].reviewChangeSets' must be set only for targets with change sets, got true; remove it",
  ],
  [
    'a string',
    () => live({ target: orders('live'), reviewChangeSets: 'yes' as unknown as boolean }),
    `'environments[0].reviewChangeSets' must be ${TYPE.boolean}, got "yes"; pass true or false`,
  ],
])('refuses %s', (_, make, expected) => {
  expect(complaints(make)).toEqual([expect.stringContaining(expected)]);
});

test('accepts FailureHandling.none() and a success condition that fails', () => {
  const onSuccess = SuccessCondition.failUnless([gate]);
  const options = { target: orders('live'), onFailure: FailureHandling.none(), onSuccess };
  expect(complaints(() => live(options))).toEqual([]);
});
