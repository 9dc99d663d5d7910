/** How do I monitor a release for half an hour and roll it back if an alarm fires? */
import {
  App,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  aws_sns as sns,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import {
  DeploymentEnvironment,
  Gate,
  Notification,
  PipelineSource,
  SuccessCondition,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

// An alarm on a metric of the application. Alarms must be in the account and Region of the pipeline. Alarms on metrics
// of CloudFront must be in us-east-1.
const failedOrders = new cloudwatch.Alarm(stack, 'FailedOrders', {
  metric: new cloudwatch.Metric({
    namespace: 'Shop',
    metricName: 'FailedOrders',
    statistic: 'Sum',
    period: Duration.minutes(1),
  }),
  threshold: 5,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
});

// The pipeline does not notify of alarms, and does not evaluate them after the bake time. So the alarm itself notifies
// the on-call engineer.
const onCall = new sns.Topic(stack, 'OnCall');
failedOrders.addAlarmAction(new actions.SnsAction(onCall));

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging'),
    new DeploymentEnvironment('production', {
      // Nothing runs in these 30 minutes, and so they cost nothing. A newer release waits behind them.
      onSuccess: SuccessCondition.rollBackUnless([
        Gate.alarmsHealthy([failedOrders], { waitTime: Duration.minutes(30) }),
      ]),
    }),
  ],
  notifications: Notification.email(['release@example.com']),
});

app.synth();
