/** How do I release a container image to a Lambda function, and move its alias? */
import { App, aws_ecr as ecr, aws_iam as iam, aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const app = new App();
// 1. The repository, and that Lambda may read it.
const images = new Stack(app, 'ResizeImages');
const repository = new ecr.Repository(images, 'Repository', { imageScanOnPush: true });
repository.addToResourcePolicy(
  new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('lambda.amazonaws.com')],
    actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    conditions: { StringEquals: { 'aws:SourceAccount': images.account } },
  }),
);

// 2. A first image, pushed by hand with the tag 'first'; then the function and its alias. The pipeline changes the
// image, and this stack all else.
const service = new Stack(app, 'Resize');
const resize = new lambda.DockerImageFunction(service, 'Resize', {
  code: lambda.DockerImageCode.fromEcr(repository, { tagOrDigest: 'first' }),
});
resize.addAlias('live');

// 3. The pipeline.
const stack = new Stack(app, 'ResizeDelivery');
new ContainerPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/resize', 'main'),
  // Lambda takes images of one architecture, without attestations.
  image: BuildStep.dockerImage(repository, { environmentVariables: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' } }),
  environments: [new DeploymentEnvironment('production', { target: DeployTarget.lambdaImage(resize) })],
});

app.synth();
