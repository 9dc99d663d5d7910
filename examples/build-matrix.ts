/** How do I test with several databases, or versions, at the same time? */
import { App, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'MatrixDelivery');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/storage', 'main')],
  stages: [
    PipelineStage.steps('Test', [
      // Four builds. Each writes below its own folder, since all files become one artifact.
      BuildStep.matrix(
        ['mkdir -p "out/$DATABASE-$TLS"', './integration-tests.sh "$DATABASE" "$TLS" "out/$DATABASE-$TLS/junit.xml"'],
        { DATABASE: ['postgres', 'mysql'], TLS: ['on', 'off'] },
        { stepName: 'Databases', outputDirectory: 'out', testReports: ['out/*/junit.xml'] },
      ),
    ]),
  ],
});

app.synth();
