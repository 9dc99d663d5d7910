/** How do I rebuild an application when the pipeline of its library has succeeded? */
import { App, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  GitConnection,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');
const connection = GitConnection.fromParameter('/delivery/github-connection');

const library = new DeliveryPipeline(stack, 'Library', {
  sources: [PipelineSource.gitHub('acme/components', 'main', { connection })],
  stages: [
    PipelineStage.steps('Publish', [
      BuildStep.nodeJs({ buildCommands: ['npm run build', 'npm run publish:internal'] }),
    ]),
  ],
});

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main', { connection }),
  // A push to the shop starts it as before.
  triggers: [PipelineTrigger.sourceChange(), PipelineTrigger.pipelineSucceeded(library.pipeline)],
});

app.synth();
