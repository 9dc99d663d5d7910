/** How do I deploy a configuration with the AppConfig action of CodePipeline, to a profile that names the pipeline? */
import { App, aws_appconfig as appconfig, aws_codepipeline as codepipeline, Stack } from 'aws-cdk-lib';
import {
  AppConfigProfile,
  BuildStep,
  DeliveryPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'LimitsDelivery');

// 1. The profile names the pipeline, and the pipeline deploys to the profile: both use one literal name.
const pipelineName = 'limits';
const pipelineArn = stack.formatArn({ service: 'codepipeline', resource: pipelineName });
const application = new appconfig.Application(stack, 'Application');
const limits = new appconfig.SourcedConfiguration(stack, 'Limits', {
  application,
  location: appconfig.ConfigurationSource.fromPipeline(
    codepipeline.Pipeline.fromPipelineArn(stack, 'Self', pipelineArn),
  ),
  // AppConfig validates a configuration when its deployment starts.
  validators: [
    appconfig.JsonSchemaValidator.fromInline(JSON.stringify({ type: 'object', required: ['ordersPerMinute'] })),
  ],
});
const environment = new appconfig.Environment(stack, 'Production', { application });

// 2. The pipeline of that name.
new DeliveryPipeline(stack, 'Delivery', {
  pipelineName,
  sources: [PipelineSource.gitHub('acme/limits', 'main')],
  stages: [
    PipelineStage.steps('Build', [BuildStep.shell(['jq empty limits.json'], { outputDirectory: '.' })]),
    PipelineStage.environment(
      new DeploymentEnvironment('production', {
        target: DeployTarget.appConfig(environment, AppConfigProfile.pipeline(limits), {
          configurationPath: 'limits.json',
          deploymentStrategy: appconfig.DeploymentStrategy.fromDeploymentStrategyId(
            stack,
            'Canary',
            appconfig.DeploymentStrategyId.CANARY_10_PERCENT_20_MINUTES,
          ),
        }),
      }),
    ),
  ],
});

app.synth();
