/** How do I test a release with a role of the account that it was deployed to? */
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  TestStep,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'OrdersDelivery', { env: { account: '111111111111', region: 'eu-west-1' } });

function orders(name: string, account: string) {
  // The role of the test has only these permissions: to send an order, and to invoke the function that finds it.
  const place = new iam.PolicyStatement({
    actions: ['sqs:SendMessage', 'sqs:GetQueueUrl'],
    resources: [`arn:aws:sqs:eu-west-1:${account}:orders-incoming`],
  });
  const ask = new iam.PolicyStatement({
    actions: ['lambda:InvokeFunction'],
    resources: [`arn:aws:lambda:eu-west-1:${account}:function:orders-status`],
  });
  return new DeploymentEnvironment(name, {
    env: { account, region: 'eu-west-1' },
    target: DeployTarget.cloudFormationStack('orders', { outputs: ['QueueUrl'] }),
    tests: [TestStep.commands(['./place-order.sh "$QueueUrl"'], { rolePolicyStatements: [place, ask] })],
  });
}

new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/orders', 'main'),
  buildStep: BuildStep.shell(['make test', 'mkdir out', 'cp template.yaml out'], { outputDirectory: 'out' }),
  environments: [orders('staging', '222222222222'), orders('production', '333333333333')],
});

app.synth();
