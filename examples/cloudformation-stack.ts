/**
 * How do I deploy an ordinary CloudFormation template to staging and production, with values for each, and test it by
 * its outputs?
 */
import { App, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  PipelineStage,
  TestStep,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'OrdersDelivery');

const source = PipelineSource.gitHub('acme/orders', 'main');
const build = BuildStep.shell(
  ['pip install cfn-lint', 'cfn-lint template.yaml', 'mkdir out', 'cp -r template.yaml config out'],
  { outputDirectory: 'out' },
);

// One template for both. The differences are in config/staging.json and config/production.json, beside the template.
function orders(environment: string) {
  return DeployTarget.cloudFormationStack(`orders-${environment}`, {
    templateConfigurationPath: `config/${environment}.json`,
    outputs: ['QueueUrl'],
    parameters: { Revision: source.variable('CommitId') },
  });
}

// QueueUrl is there by itself: the deployment hands it on.
const accept = TestStep.shell(['./accept.sh "$QueueUrl"']);

const delivery = new DeliveryPipeline(stack, 'Delivery', {
  sources: [source],
  stages: [
    PipelineStage.steps('Build', [build]),
    PipelineStage.environment(new DeploymentEnvironment('staging', { target: orders('staging'), tests: [accept] })),
    PipelineStage.environment(new DeploymentEnvironment('production', { target: orders('production') })),
  ],
});

// CloudFormation may do what the template needs, and nothing else: here queues whose names begin with that of the
// stack.
for (const environment of ['staging', 'production']) {
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
      resources: [stack.formatArn({ service: 'sqs', resource: `orders-${environment}-*` })],
    }),
  );
}

app.synth();
