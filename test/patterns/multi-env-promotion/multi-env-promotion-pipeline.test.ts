import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  MultiEnvPromotionPipeline,
  TestStep,
  type MultiEnvPromotionPipelineProps,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { source } from '../../helpers/delivery';
import { planMultiEnvPromotion } from '../../helpers/plans';
import { jsonOf, pipelineOf, statementsOf } from '../../helpers/synth';

function stack(name: string, options?: ConstructorParameters<typeof DeploymentEnvironment>[1]) {
  return new DeploymentEnvironment(name, {
    target: DeployTarget.cloudFormationStack(`orders-${name}`, { outputs: ['Url'] }),
    ...options,
  });
}

const PROPS: MultiEnvPromotionPipelineProps = {
  source,
  buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
  environments: [
    stack('dev', { tests: [TestStep.shell(['curl "$Url"'])] }),
    new DeploymentEnvironment('docs', { target: DeployTarget.staticSite() }),
    new DeploymentWave('europe', [stack('paris'), stack('rome')], { maxParallel: 1 }),
  ],
};

function made(props: Partial<MultiEnvPromotionPipelineProps> = {}) {
  const app = new App();
  const home = new Stack(app, 'Orders', { env: { account: '111111111111', region: 'eu-west-1' } });
  return { app, stack: home, delivery: new MultiEnvPromotionPipeline(home, 'Delivery', { ...PROPS, ...props }) };
}

test('renders the plan', () => {
  const { Stages } = pipelineOf(jsonOf(made().stack));
  const plan = planMultiEnvPromotion(PROPS);
  expect(Stages.map(({ Name }) => Name)).toEqual(plan.stages.map(({ name }) => name));
  expect(Stages.map(({ Actions }) => Actions.map(({ Name, RunOrder }) => [Name, RunOrder]))).toEqual(
    plan.stages.map(({ actions }) => actions.map(({ name, runOrder }) => [name, runOrder])),
  );
  expect(Stages.at(-1)!.Actions.map(({ Name, RunOrder }) => [Name, RunOrder])).toEqual([
    ['Prepare-paris', 1],
    ['Deploy-paris', 2],
    ['Prepare-rome', 3],
    ['Deploy-rome', 4],
  ]);
});

test('grants all permissions that it uses', () => {
  const report = check(readInput(made().app.synth().directory, {}));
  expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
});

test('exposes the pipeline, the build, roles and sites, also of waves', () => {
  const { delivery, stack: home } = made();
  expect(delivery.buildProject().projectName).toBeDefined();
  expect(delivery.site('docs').environmentName).toBe('docs');
  const rome = delivery.cloudFormationRole('rome') as iam.Role;
  rome.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['sqs:CreateQueue'], resources: ['*'] }));
  delivery
    .buildRole()
    .addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: ['*'] }));
  delivery.pipelineRole.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['lambda:GetFunction'], resources: ['*'] }),
  );
  const template = jsonOf(home);

  function holderOf(action: string) {
    return statementsOf(template).find(({ statement }) => [statement.Action].flat().includes(action))!.holder;
  }

  expect(holderOf('sqs:CreateQueue')).toMatch(/^DeliveryEnvironmentsrome/);
  expect(holderOf('ssm:GetParameter')).toMatch(/^DeliveryBuild/);
  expect(holderOf('lambda:GetFunction')).toMatch(/^DeliveryRole/);
  expect(delivery.pipeline.role.roleArn).toBe(delivery.pipelineRole.roleArn);
  expect(delivery.artifactBucket.bucketArn).toBe(delivery.pipeline.artifactBucket.bucketArn);
});

test('returns the role of a build without a project', () => {
  const { delivery } = made({ buildStep: BuildStep.commands(['make'], { outputDirectory: 'out' }) });
  expect(delivery.buildRole().node.path).toBe('Orders/Delivery/Build/Role');
  expect(delivery.buildRole('Build')).toBe(delivery.buildRole());
  expect(() => delivery.buildProject()).toThrow("'stepName' must be one of 'Test-dev', got \"Build\"");
});

test('rejects unknown names, and lists the known ones', () => {
  const { delivery } = made();
  expect(() => delivery.cloudFormationRole('docs')).toThrow(
    "[MultiEnvPromotionPipeline Orders/Delivery] 'environmentName' must be one of 'dev', 'paris', 'rome', got " +
      '"docs"; pass one of these names',
  );
  expect(() => delivery.site('europe')).toThrow(
    "'environmentName' must be one of 'docs', got \"europe\"; pass one of these names",
  );
});

test('throws all problems at once, and creates nothing', () => {
  const home = new Stack();
  expect(
    () =>
      new MultiEnvPromotionPipeline(home, 'Delivery', {
        ...PROPS,
        environments: [new DeploymentWave('w', [new DeploymentEnvironment('a')], { maxParallel: 0 })],
      }),
  ).toThrow(
    new RegExp(
      "^\\[MultiEnvPromotionPipeline Default/Delivery\\] 'environments\\[0\\]\\.maxParallel' must .*\\n" +
        "\\[MultiEnvPromotionPipeline Default/Delivery\\] 'environments\\[0\\]\\.environments\\[0\\]\\.target' must ",
    ),
  );
  expect(home.node.findChild('Delivery').node.children).toEqual([]);
});
