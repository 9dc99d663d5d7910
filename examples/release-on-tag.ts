/** How do I release when a version is tagged, and not on every push? */
import { App, Stack } from 'aws-cdk-lib';
import {
  DeploymentEnvironment,
  GitConnection,
  PipelineSource,
  PipelineTrigger,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ReleaseDelivery');

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main', {
    connection: GitConnection.fromParameter('/delivery/github-connection'),
  }),
  // v1.2.3, but no release candidate.
  triggers: [PipelineTrigger.tag(['v[0-9]*'], { tagsExcept: ['*-rc*'] })],
  environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
});

app.synth();
