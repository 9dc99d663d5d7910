/** How do I get an e-mail when a release fails, and publish every release to a shared, encrypted topic? */
import { App, aws_kms as kms, aws_sns as sns, Stack } from 'aws-cdk-lib';
import {
  Approval,
  DeploymentEnvironment,
  Notification,
  NotificationEvent,
  PipelineSource,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();

// One topic for all pipelines, encrypted with your own key: what notifications need is added to both policies.
const shared = new Stack(app, 'Releases');
const releases = new sns.Topic(shared, 'Topic', {
  enforceSSL: true,
  masterKey: new kms.Key(shared, 'Key', { enableKeyRotation: true }),
});

new WebAppPipeline(new Stack(app, 'Shop'), 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging'),
    new DeploymentEnvironment('production', { approval: Approval.manual() }),
  ],
  notifications: Notification.all([
    // Failed executions and approvals that are needed. Each address must be confirmed once.
    Notification.email(['release@example.com']),
    Notification.topic(releases, {
      events: [NotificationEvent.PIPELINE_SUCCEEDED, NotificationEvent.PIPELINE_SUPERSEDED],
    }),
  ]),
});

app.synth();
