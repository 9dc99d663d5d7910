/** How do I release a web front end to staging and, once approved, to production? */
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, DeploymentEnvironment, PipelineSource, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('cdk-pipeline-patterns/cdk-pipeline-patterns', 'main'),
  // The sample application of this repository is in a folder of it.
  buildStep: BuildStep.nodeJs({ directory: 'examples/web-app' }),
  environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
});

app.synth();
