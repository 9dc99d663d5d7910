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
  // What failed in the stage of the build runs once more, and nothing else of it; when it fails again, the run ends.
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
