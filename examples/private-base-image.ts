/** How do I build in a private image, from ECR or from another registry? */
import { App, aws_ecr as ecr, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildSize,
  BuildStep,
  DeliveryPipeline,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ToolsDelivery');
const tools = ecr.Repository.fromRepositoryName(stack, 'Tools', 'acme/build-tools');
const registryLogin = secretsmanager.Secret.fromSecretNameV2(stack, 'RegistryLogin', 'acme/registry-login');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/firmware', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      // The role of the build may pull from this repository and no other.
      BuildStep.shell(['make firmware'], {
        outputDirectory: 'out',
        compute: BuildCompute.x86(BuildSize.LARGE, { image: BuildImage.fromEcr(tools, '2026-11') }),
      }),
      // A secret with the keys `username` and `password`.
      BuildStep.shell(['make check'], {
        stepName: 'Check',
        compute: BuildCompute.x86(BuildSize.SMALL, {
          image: BuildImage.fromRegistry('registry.example.com/tools/check:5', { credentials: registryLogin }),
        }),
      }),
    ]),
  ],
});

app.synth();
