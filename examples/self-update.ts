/** How does the pipeline deploy its own definition, so that a change of it comes with the commit that makes it? */
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, DeploymentEnvironment, PipelineSource, SelfUpdate, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
// Bootstrapped, and deployed once by hand: `npx cdk deploy ShopDelivery`.
const stack = new Stack(app, 'ShopDelivery');

// This app is in the repository of the site. The build produces both: the site in dist, and the cloud assembly in
// cdk.out.
const build = BuildStep.nodeJs({
  buildCommands: ['npm run build', 'npx cdk synth --quiet'],
  outputs: { assembly: 'cdk.out' },
});

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  buildStep: build,
  selfUpdate: SelfUpdate.fromAssembly(build.artifactNamed('assembly')),
  environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
});

app.synth();
