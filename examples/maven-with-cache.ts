/** How do I build a Java application with Maven without downloading the same libraries each time? */
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildCompute,
  BuildSize,
  BuildStep,
  DeliveryPipeline,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'JavaDelivery');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/tea-shop', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      // By default, the local Maven repository is cached, and reports of Surefire, Failsafe and JaCoCo are collected.
      BuildStep.maven({
        javaVersion: '21',
        compute: BuildCompute.x86(BuildSize.MEDIUM),
        timeout: Duration.minutes(30),
        environmentVariables: { MAVEN_OPTS: '-Xmx4g' },
      }),
    ]),
  ],
});

app.synth();
