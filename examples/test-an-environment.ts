/** How do I test a release where it was deployed, and roll it back if a test fails? */
import { App, aws_lambda as lambda, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildSize,
  DeploymentEnvironment,
  PipelineSource,
  TestStep,
  WebAppPipeline,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');

// A function answers to the pipeline by itself; the address of the site is among its parameters.
const smoke = new lambda.Function(stack, 'Smoke', {
  runtime: lambda.Runtime.NODEJS_22_X,
  handler: 'index.handler',
  // A function that times out reports no result, and the action waits 20 minutes.
  timeout: Duration.seconds(30),
  code: lambda.Code.fromInline(`
    const { CodePipeline } = require('@aws-sdk/client-codepipeline');
    exports.handler = async (event) => {
      const { id, data } = event['CodePipeline.job'];
      const { SITE_URL } = JSON.parse(data.actionConfiguration.configuration.UserParameters);
      const { ok, status } = await fetch(SITE_URL);
      const pipeline = new CodePipeline();
      if (ok) return pipeline.putJobSuccessResult({ jobId: id });
      const failureDetails = { type: 'JobFailed', message: SITE_URL + ' answered ' + status };
      return pipeline.putJobFailureResult({ jobId: id, failureDetails });
    };`),
});

const endToEnd = TestStep.shell(['npx playwright test'], {
  stepName: 'EndToEnd',
  installCommands: ['npm ci'],
  // Playwright cannot install its browsers on Amazon Linux. This image contains those of the same version.
  compute: BuildCompute.x86(BuildSize.MEDIUM, {
    image: BuildImage.fromRegistry('mcr.microsoft.com/playwright:v1.56.0-noble'),
  }),
  // SITE_URL is there by itself.
  environmentVariables: { CI: 'true' },
  testReports: ['results/junit.xml'],
});

new WebAppPipeline(stack, 'Site', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  environments: [
    new DeploymentEnvironment('staging', { tests: [endToEnd, TestStep.lambdaFunction(smoke, { stepName: 'Smoke' })] }),
    new DeploymentEnvironment('production', { tests: [TestStep.lambdaFunction(smoke, { stepName: 'Smoke' })] }),
  ],
});

app.synth();
