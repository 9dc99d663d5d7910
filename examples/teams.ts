/** How do I notify a channel of Microsoft Teams of what a pipeline does? */
import { App, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  Notification,
  NotificationEvent,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopBuild');

new DeliveryPipeline(stack, 'Build', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [PipelineStage.steps('Build', [BuildStep.nodeJs()])],
  // The team must be authorized once by hand, in the console of Amazon Q Developer in chat applications, which then
  // shows both ids.
  notifications: Notification.teams(
    '12345678-1234-1234-1234-123456789012',
    '87654321-4321-4321-4321-210987654321',
    '19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2',
    {
      events: [
        NotificationEvent.PIPELINE_FAILED,
        NotificationEvent.PIPELINE_RESUMED,
        NotificationEvent.PIPELINE_SUCCEEDED,
      ],
    },
  ),
});

app.synth();
