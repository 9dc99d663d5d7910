/** How do I build a Docker image, push it to ECR, and hand its digest to later steps? */
import { App, aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ImageDelivery');
const repository = new ecr.Repository(stack, 'Repository', { imageScanOnPush: true });

const source = PipelineSource.gitHub('acme/shop-api', 'main');
const image = BuildStep.dockerImage(repository, {
  tags: [source.variable('CommitId'), 'latest'],
  buildArguments: { COMMIT: source.variable('CommitId') },
  cacheTag: 'cache',
});

new DeliveryPipeline(stack, 'Delivery', {
  sources: [source],
  stages: [
    PipelineStage.steps('Build', [image]),
    PipelineStage.steps('Announce', [
      BuildStep.commands(['echo "built $IMAGE"'], {
        stepName: 'Announce',
        environmentVariables: { IMAGE: image.variable('IMAGE_URI') },
      }),
    ]),
  ],
});

app.synth();
