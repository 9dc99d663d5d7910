/**
 * How do I release a web site to staging and production, each in its own account, and production in two regions?
 */
import { App, Stack } from 'aws-cdk-lib';
import { DeploymentEnvironment, PipelineSource, TestStep, WebAppPipeline } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'Shop', { env: { account: '111111111111', region: 'eu-west-1' } });

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('dev'),
    new DeploymentEnvironment('staging', {
      env: { account: '222222222222', region: 'eu-west-1' },
      tests: [TestStep.shell(['curl --fail "$SITE_URL"'])],
    }),
    new DeploymentEnvironment('production', {
      env: { account: '333333333333', region: 'us-east-1' },
      tests: [TestStep.shell(['curl --fail "$SITE_URL"'])],
    }),
  ],
});

app.synth();
