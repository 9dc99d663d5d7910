/** How do I promote one build over three accounts and two regions, in waves, with tests and a bake? */
import { App, aws_cloudwatch as cloudwatch, Duration, Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  Gate,
  MultiEnvPromotionPipeline,
  PipelineMonitoring,
  PipelineSource,
  SuccessCondition,
  TestStep,
} from 'cdk-pipeline-patterns';

const TOOLS = { account: '111111111111', region: 'eu-west-1' };
const STAGING = { account: '222222222222', region: 'eu-west-1' };
const EUROPE = { account: '333333333333', region: 'eu-west-1' };
const AMERICA = { account: '333333333333', region: 'us-east-1' };

const app = new App();
const stack = new Stack(app, 'OrdersDelivery', { env: TOOLS });

function orders(name: string, env: typeof TOOLS) {
  return new DeploymentEnvironment(name, {
    env,
    target: DeployTarget.cloudFormationStack('orders', {
      templateConfigurationPath: `config/${name}.json`,
      outputs: ['Url'],
    }),
    tests: [TestStep.shell(['./accept.sh "$Url"'])],
  });
}

// An alarm of the account of the pipeline on a metric of the account of production, which shares its metrics with it.
const failedOrders = new cloudwatch.Alarm(stack, 'FailedOrders', {
  metric: new cloudwatch.Metric({
    namespace: 'Orders',
    metricName: 'FailedOrders',
    statistic: 'Sum',
    period: Duration.minutes(1),
    account: EUROPE.account,
  }),
  threshold: 5,
  evaluationPeriods: 3,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
});

new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/orders', 'main'),
  buildStep: BuildStep.shell(['make test', 'mkdir out', 'cp -r template.yaml config out'], { outputDirectory: 'out' }),
  environments: [
    orders('dev', TOOLS),
    orders('staging', STAGING),
    // One region first, for an hour in which nothing runs and nothing is paid.
    new DeploymentWave('pilot', [orders('europe', EUROPE)], {
      production: true,
      approval: Approval.manual({ comment: 'Release to Europe, and an hour later to America?' }),
      onSuccess: SuccessCondition.rollBackUnless([Gate.alarmsHealthy([failedOrders], { waitTime: Duration.hours(1) })]),
    }),
    new DeploymentWave('all', [orders('america', AMERICA)], { production: true, approval: Approval.none() }),
  ],
  monitoring: PipelineMonitoring.standard(),
});

app.synth();
