/**
 * How do I release feature flags with AWS AppConfig, validated before the approval, and rolled back when an alarm
 * fires?
 */
import { App, aws_appconfig as appconfig, aws_cloudwatch as cloudwatch, Stack } from 'aws-cdk-lib';
import {
  AppConfigProfile,
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const app = new App();
// 1. What AppConfig needs: an application, a profile for the flags, and an environment for each environment of the
// pipeline.
const resources = new Stack(app, 'ShopFlags');
const application = new appconfig.Application(resources, 'Application');
const flags = new appconfig.HostedConfiguration(resources, 'Flags', {
  application,
  type: appconfig.ConfigurationType.FEATURE_FLAGS,
  // The first version only; the pipeline creates and deploys the next ones.
  content: appconfig.ConfigurationContent.fromInlineJson(JSON.stringify({ version: '1', flags: {}, values: {} })),
});
const failedOrders = new cloudwatch.Alarm(resources, 'FailedOrders', {
  metric: new cloudwatch.Metric({ namespace: 'Shop', metricName: 'FailedOrders' }),
  threshold: 5,
  evaluationPeriods: 1,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
});
const staging = new appconfig.Environment(resources, 'Staging', { application });
const production = new appconfig.Environment(resources, 'Production', {
  application,
  // AppConfig rolls back a deployment during which it fires.
  monitors: [appconfig.Monitor.fromCloudWatchAlarm(failedOrders)],
});

// 2. The pipeline: flags.json of the repository goes to staging at once, and to production in 20 minutes, watched for
// 10 more.
const stack = new Stack(app, 'ShopFlagsDelivery');
const { ALL_AT_ONCE, CANARY_10_PERCENT_20_MINUTES } = appconfig.DeploymentStrategyId;

function target(environment: appconfig.IEnvironment, strategy: appconfig.DeploymentStrategyId) {
  return DeployTarget.appConfig(environment, AppConfigProfile.hosted(flags), {
    configurationPath: 'flags.json',
    deploymentStrategy: appconfig.DeploymentStrategy.fromDeploymentStrategyId(stack, strategy.id, strategy),
  });
}

new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/shop-flags', 'main'),
  buildStep: BuildStep.shell(['jq empty flags.json'], { outputDirectory: '.' }),
  environments: [
    new DeploymentEnvironment('staging', { target: target(staging, ALL_AT_ONCE) }),
    new DeploymentEnvironment('production', { target: target(production, CANARY_10_PERCENT_20_MINUTES) }),
  ],
});

app.synth();
