/** How do I monitor my pipeline, and get a notification if it fails, hangs or waits for an approval? */
import { App, aws_kms as kms, aws_sns as sns, Duration, Stack } from 'aws-cdk-lib';
import {
  Approval,
  DeploymentEnvironment,
  PipelineMonitoring,
  PipelineSource,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging'),
    new DeploymentEnvironment('production', { approval: Approval.manual() }),
  ],
  monitoring: PipelineMonitoring.standard({
    // What alarms need is added to the policies of the topic and of its key.
    alarmTopic: new sns.Topic(stack, 'OnCall', {
      enforceSSL: true,
      masterKey: new kms.Key(stack, 'OnCallKey', { enableKeyRotation: true }),
    }),
    maxApprovalWait: Duration.hours(8),
    // Waiting for approvals counts.
    maxDuration: Duration.days(2),
  }),
});

app.synth();
