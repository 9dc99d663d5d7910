/** How do I test pull requests before they are merged? */
import { App, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  DeliveryPipeline,
  GitConnection,
  PipelineExecutionMode,
  PipelineSource,
  PipelineStage,
  PipelineTrigger,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'PullRequests');

// The code of a pull request is not reviewed yet, so this pipeline has no secrets and no environments. Grant nothing
// else to its builds.
new DeliveryPipeline(stack, 'PullRequests', {
  sources: [
    PipelineSource.gitHub('acme/shop', 'main', {
      connection: GitConnection.fromParameter('/delivery/github-connection'),
    }),
  ],
  triggers: [PipelineTrigger.pullRequest({ branches: ['main', 'release/*'] })],
  // Requests do not wait for each other.
  executionMode: PipelineExecutionMode.PARALLEL,
  stages: [
    PipelineStage.steps('Test', [
      BuildStep.nodeJs(),
      BuildStep.shell(['npm ci', 'npm run lint'], { stepName: 'Lint' }),
    ]),
  ],
});

app.synth();
