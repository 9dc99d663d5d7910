/** How do I use a custom action type, with my own workers? */
import { App, aws_codepipeline as codepipeline, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  CustomActionCategory,
  CustomStep,
  DeliveryPipeline,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

// Registered once for an account and region; your workers poll for its jobs.
const type = new codepipeline.CustomActionRegistration(stack, 'Type', {
  category: codepipeline.ActionCategory.DEPLOY,
  provider: 'AcmeRelease',
  version: '1',
  artifactBounds: { minInputs: 1, maxInputs: 1, minOutputs: 0, maxOutputs: 0 },
  actionProperties: [{ name: 'Channel', description: 'Who gets the release', required: true }],
});

const build = BuildStep.shell(['make'], { outputDirectory: 'out' });
const delivery = new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [
    PipelineStage.steps('Build', [build]),
    PipelineStage.steps('Release', [
      CustomStep.actionType(CustomActionCategory.DEPLOY, 'AcmeRelease', {
        stepName: 'Beta',
        inputs: [build.artifact],
        configuration: { Channel: 'beta' },
      }),
    ]),
  ],
});
delivery.node.addDependency(type);

app.synth();
