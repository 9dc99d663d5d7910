/** How do I start a pipeline when an image is pushed to ECR, with exactly that image? */
import { App, aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import { BuildStep, DeliveryPipeline, PipelineSource, PipelineStage } from 'cdk-pipeline-patterns';

const app = new App();
const stack = new Stack(app, 'ImageAcceptance');
const repository = new ecr.Repository(stack, 'Images', { imageScanOnPush: true });
const image = PipelineSource.ecr(repository, { imageTag: 'candidate', stepName: 'Image' });

const pipeline = new DeliveryPipeline(stack, 'Acceptance', {
  sources: [image],
  stages: [
    PipelineStage.steps('Accept', [
      BuildStep.shell(
        [
          'manifest=$(aws ecr batch-get-image --repository-name "$REPOSITORY" --image-ids imageDigest="$DIGEST" ' +
            '--query "images[0].imageManifest" --output text)',
          // ECR refuses a tag that the image has already, as in a retry.
          'aws ecr put-image --repository-name "$REPOSITORY" --image-tag accepted --image-manifest "$manifest" ' +
            '2> error.txt || { cat error.txt; grep -q ImageAlreadyExistsException error.txt; }',
        ],
        {
          stepName: 'Tag',
          environmentVariables: {
            REPOSITORY: image.variable('RepositoryName'),
            // The digest that was pushed, whatever the tag names by now.
            DIGEST: image.variable('ImageDigest'),
          },
        },
      ),
    ]),
  ],
});
repository.grant(pipeline.buildRole('Tag'), 'ecr:BatchGetImage', 'ecr:PutImage');

app.synth();
