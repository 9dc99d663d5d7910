/** How do I stop a release that has known vulnerabilities? */
import { App, aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import { DeliveryPipeline, PipelineSource, PipelineStage, TestStep } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ShopDelivery');
const images = new ecr.Repository(stack, 'Images');

new DeliveryPipeline(stack, 'Delivery', {
  sources: [PipelineSource.gitHub('acme/shop', 'main')],
  stages: [
    PipelineStage.steps('Scan', [
      // By default, no critical and no high findings are allowed.
      TestStep.inspectorScan({ stepName: 'Source-packages' }),
      TestStep.inspectorImageScan(images, { stepName: 'Base-image', imageTag: 'stable', maxHigh: 3, maxMedium: 50 }),
    ]),
  ],
});

app.synth();
