/** How do I compose a pipeline from stages and steps? */
import { App, Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  TestStep,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

const build = BuildStep.nodeJs({ outputs: { docs: 'docs/html' } });

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  executionMode: PipelineExecutionMode.QUEUED,
  stages: [
    // Nothing of these needs the other: they run at the same time.
    PipelineStage.steps('Build', [build, BuildStep.shell(['npm ci', 'npm run lint'], { stepName: 'Lint' })]),
    PipelineStage.steps('Inspect', [
      TestStep.shell(['./check-links.sh'], { stepName: 'Links', inputs: [build.artifactNamed('docs')] }),
    ]),
    PipelineStage.environment(new DeploymentEnvironment('staging', { target: DeployTarget.staticSite() })),
    PipelineStage.approval(
      'Legal',
      Approval.manual({ comment: 'Are the terms of this release those that were signed?' }),
    ),
    PipelineStage.environment(new DeploymentEnvironment('production', { target: DeployTarget.staticSite() })),
  ],
});

app.synth();
