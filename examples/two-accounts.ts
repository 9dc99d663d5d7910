/** How do I release a CloudFormation template to a test account and then to production, which is another account? */
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
// As soon as two accounts are involved, both must be known.
const stack = new Stack(app, 'OrdersDelivery', { env: { account: '111111111111', region: 'eu-west-1' } });

function orders(name: string, account: string) {
  return new DeploymentEnvironment(name, {
    env: { account, region: 'eu-west-1' },
    target: DeployTarget.cloudFormationStack('orders', {
      templateConfigurationPath: `config/${name}.json`,
      outputs: ['QueueUrl'],
    }),
    tests: [TestStep.shell(['./accept.sh "$QueueUrl"'])],
  });
}

const delivery = new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/orders', 'main'),
  buildStep: BuildStep.shell(['make test', 'mkdir out', 'cp -r template.yaml config out'], { outputDirectory: 'out' }),
  environments: [orders('test', '222222222222'), orders('production', '333333333333')],
});

// CloudFormation works there with a role that may do nothing until you list what the template needs.
for (const environment of ['test', 'production']) {
  delivery.cloudFormationRole(environment).addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: [
        'sqs:CreateQueue',
        'sqs:DeleteQueue',
        'sqs:GetQueueAttributes',
        'sqs:SetQueueAttributes',
        'sqs:TagQueue',
        'sqs:UntagQueue',
        'sqs:ListQueueTags',
      ],
      resources: ['arn:aws:sqs:eu-west-1:*:orders-*'],
    }),
  );
}

app.synth();
