/** How do I build on ARM, or on Lambda? */
import { App, Stack } from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildImage,
  BuildMemory,
  BuildSize,
  BuildStep,
  DeliveryPipeline,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ComputeDelivery');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/compute', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      BuildStep.golang({ stepName: 'Arm', compute: BuildCompute.arm(BuildSize.LARGE) }),
      // Lambda starts at once and ends after 15 minutes. The image follows from the language and its version.
      BuildStep.nodeJs({ stepName: 'Lambda', compute: BuildCompute.awsLambda(BuildMemory.GB_4) }),
      BuildStep.python({
        stepName: 'LambdaOnArm',
        pythonVersion: '3.14',
        compute: BuildCompute.awsLambda(BuildMemory.GB_2, { arm: true }),
      }),
      // Plain commands have no language: they set the image.
      BuildStep.shell(['./lint.sh'], {
        stepName: 'Lint',
        compute: BuildCompute.awsLambda(BuildMemory.GB_1, {
          image: BuildImage.fromCodeBuild('aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs22'),
        }),
      }),
    ]),
  ],
});

app.synth();
