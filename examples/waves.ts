/**
 * How do I release to many environments in waves, with a bake between them, and never to more than so many at a time?
 */
import { App, aws_cloudwatch as cloudwatch, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  Gate,
  MultiEnvPromotionPipeline,
  PipelineSource,
  SuccessCondition,
  TestStep,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'OrdersDelivery');

// A metric of the application that all shops publish.
const failedOrders = new cloudwatch.Alarm(stack, 'FailedOrders', {
  metric: new cloudwatch.Metric({
    namespace: 'Orders',
    metricName: 'FailedOrders',
    statistic: 'Sum',
    period: Duration.minutes(1),
  }),
  threshold: 5,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
});

// One template and one build for all. The differences are in config/berlin.json and so on, in the artifact.
function orders(shop: string) {
  return new DeploymentEnvironment(shop, {
    target: DeployTarget.cloudFormationStack(`orders-${shop}`, {
      templateConfigurationPath: `config/${shop}.json`,
      outputs: ['QueueUrl'],
    }),
    tests: [TestStep.shell(['./accept.sh "$QueueUrl"'])],
  });
}

const pilot = ['berlin'];
const others = ['hamburg', 'munich', 'cologne', 'dresden'];

const delivery = new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/orders', 'main'),
  buildStep: BuildStep.shell(['make test', 'mkdir out', 'cp -r template.yaml config out'], { outputDirectory: 'out' }),
  environments: [
    // The bake: an hour in which nothing runs, and so costs nothing. The next wave begins when the alarm has kept
    // quiet.
    new DeploymentWave('pilot', pilot.map(orders), {
      onSuccess: SuccessCondition.rollBackUnless([Gate.alarmsHealthy([failedOrders], { waitTime: Duration.hours(1) })]),
    }),
    // The last wave is production and requires a single approval. Two shops are deployed to at a time; if one of them
    // fails, the remaining shops are not deployed to.
    new DeploymentWave('others', others.map(orders), { maxParallel: 2 }),
  ],
});

// CloudFormation may do what the template needs, and nothing else: here queues whose names begin with that of the
// stack.
for (const shop of [...pilot, ...others]) {
  delivery.cloudFormationRole(shop).addToPrincipalPolicy(
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
      resources: [stack.formatArn({ service: 'sqs', resource: `orders-${shop}-*` })],
    }),
  );
}

app.synth();
