/** How do I keep releases from production for a time? */
import { App, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [
    PipelineStage.steps('Build', [BuildStep.nodeJs()]),
    PipelineStage.environment(new DeploymentEnvironment('staging', { target: DeployTarget.staticSite() })),
    // Remove the reason and deploy the stack, and the newest release that waits goes on.
    PipelineStage.environment(new DeploymentEnvironment('production', { target: DeployTarget.staticSite() }), {
      transitionDisabledReason: 'Release freeze until 7 January',
    }),
  ],
});

app.synth();
