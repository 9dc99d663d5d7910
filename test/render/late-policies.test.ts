import { aws_iam as iam, aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { DeliveryPipeline, DeploymentEnvironment, DeployTarget, PipelineStage, WebAppPipeline } from '../../src';
import { BuildStep } from '../../src/steps/build-step';
import { source } from '../helpers/delivery';
import { jsonOf, newApp, resourcesOf } from '../helpers/synth';

function made() {
  const stack = new Stack(newApp(), 'Shop');
  const steps = [
    BuildStep.shell(['make'], { outputDirectory: 'out' }),
    BuildStep.commands(['true'], { stepName: 'Commands' }),
  ];
  const target = DeployTarget.cloudFormationStack('orders');
  const pipeline = new DeliveryPipeline(stack, 'Delivery', {
    sources: [source],
    stages: [
      PipelineStage.steps('Build', steps),
      PipelineStage.environment(new DeploymentEnvironment('live', { target })),
    ],
  });
  const bucket = new s3.Bucket(stack, 'Data');
  return { stack, pipeline, bucket };
}

/** Policies that the pipeline is created after, other than its own. */
function awaited(stack: Stack): string[] {
  const template = jsonOf(stack);
  const [[, { DependsOn }]] = resourcesOf(template, 'AWS::CodePipeline::Pipeline');
  return DependsOn!
    .filter((id) => /Policy/.test(id) && !/^Delivery(ArtifactBucket|RolePolicy)/.test(id))
    .filter((id) => template.Resources[id] !== undefined)
    .map((id) => id.replace(/[0-9A-F]{8}$/, ''));
}

test('creates the pipeline after the policies that users add to its roles', () => {
  const { stack, pipeline, bucket } = made();
  bucket.grantRead(pipeline.buildRole('Build'));
  bucket.grantRead(pipeline.buildRole('Commands'));
  bucket.grantRead(pipeline.actionRole('live'));
  bucket.grantRead(pipeline.cloudFormationRole('live'));
  expect(awaited(stack).sort()).toEqual([
    'DeliveryBuildRoleDefaultPolicy',
    'DeliveryCommandsRoleDefaultPolicy',
    'DeliveryEnvironmentsliveActionRoleDefaultPolicy',
    'DeliveryEnvironmentsliveCloudFormationRoleDefaultPolicy',
  ]);
});

test('waits for nothing without such policies', () => expect(awaited(made().stack)).toEqual([]));

test('does not wait for a policy that refers to the pipeline, directly or through another resource', () => {
  const { stack, pipeline, bucket } = made();

  function statement(resource: string) {
    return new iam.PolicyStatement({ actions: ['codepipeline:GetPipelineState'], resources: [resource] });
  }

  pipeline.buildRole('Build').addToPrincipalPolicy(statement(pipeline.pipeline.pipelineArn));
  const marked = new s3.CfnBucket(stack, 'Marked', { bucketName: `x-${pipeline.pipeline.pipelineVersion}` });
  pipeline.buildRole('Commands').addToPrincipalPolicy(statement(marked.attrArn));
  bucket.grantRead(pipeline.actionRole('live'));
  expect(awaited(stack)).toEqual(['DeliveryEnvironmentsliveActionRoleDefaultPolicy']);
});

test('accepts a policy of a role in the stack of another account', () => {
  const app = newApp();
  const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });
  const site = new WebAppPipeline(stack, 'Site', {
    source,
    environments: [new DeploymentEnvironment('live', { env: { account: '222222222222', region: 'eu-west-1' } })],
  });
  site
    .actionRole('live')
    .addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] }));
  expect(() => app.synth()).not.toThrow();
});
