/** How does my build get the git history, to number a version from its tags? */
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, GitConnection, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ToolsDelivery');

new DeliveryPipeline(stack, 'Tools', {
  sources: [
    PipelineSource.gitHub('acme/tools', 'main', {
      connection: GitConnection.fromParameter('/delivery/github-connection'),
      // The build clones the repository itself, under its own role.
      fullClone: true,
    }),
  ],
  stages: [
    PipelineStage.steps('Build', [
      BuildStep.shell(['export VERSION=$(git describe --tags --always)', 'make dist VERSION="$VERSION"'], {
        exportedVariables: ['VERSION'],
        outputDirectory: 'dist',
      }),
    ]),
  ],
});

app.synth();
