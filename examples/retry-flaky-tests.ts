/** How do I try tests again that fail now and then? */
import { App, Stack } from 'aws-cdk-lib';
import {
  DeploymentEnvironment,
  FailureHandling,
  PipelineSource,
  TestStep,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop');

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  checks: [TestStep.shell(['npm ci', 'npm run test:integration'], { stepName: 'Integration' })],
  // Failed actions in the stage of the build run once more, and no others. If they fail again, the execution ends.
  onBuildFailure: FailureHandling.retryFailedActions(),
  environments: [
    new DeploymentEnvironment('staging', {
      tests: [TestStep.shell(['npm ci', 'npm run test:browser -- --url "$SITE_URL"'], { stepName: 'Browser' })],
      // Replaces the default rollback: a stage either rolls back or retries, never both.
      onFailure: FailureHandling.retryFailedActions(),
    }),
    new DeploymentEnvironment('production'), // Rolls back by default.
  ],
});

app.synth();
