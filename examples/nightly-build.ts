/** How do I run the long tests every night, whether something changed or not? */
import { App, aws_events as events, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  GitConnection,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'NightlyTests');

new DeliveryPipeline(stack, 'Nightly', {
  sources: [
    PipelineSource.gitHub('acme/shop', 'main', {
      connection: GitConnection.fromParameter('/delivery/github-connection'),
    }),
  ],
  // In UTC. Pushes start nothing, since only these triggers do.
  triggers: [PipelineTrigger.schedule(events.Schedule.cron({ minute: '30', hour: '1' }))],
  stages: [
    PipelineStage.steps('Test', [
      BuildStep.shell(['npm ci', 'npm run test:load'], { stepName: 'Load', timeout: Duration.hours(3) }),
      BuildStep.shell(['npm ci', 'npm run test:browsers'], { stepName: 'Browsers', timeout: Duration.hours(3) }),
    ]),
  ],
});

app.synth();
