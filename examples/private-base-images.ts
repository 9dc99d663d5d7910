/** How do I build an image whose base images are private, or come through a cache in ECR? */
import { App, aws_ecr as ecr, aws_secretsmanager as secretsmanager, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerRepository,
  DeliveryPipeline,
  BaseImageSource,
  PipelineSource,
  PipelineStage,
} from 'cdk-pipeline-patterns';

const app = new App();
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages'), 'Repository');
const stack = new Stack(app, 'ApiPipeline');

const golden = ecr.Repository.fromRepositoryArn(
  stack,
  'Golden',
  'arn:aws:ecr:eu-west-1:222222222222:repository/golden/node',
);
// with the keys username and password
const login = secretsmanager.Secret.fromSecretNameV2(stack, 'Login', 'acme/ghcr');

new DeliveryPipeline(stack, 'Api', {
  sources: [PipelineSource.bitbucket('acme/api', 'main')],
  stages: [
    PipelineStage.steps('Build', [
      BuildStep.dockerImage(repository, {
        // ARG REGISTRY, then FROM $REGISTRY/docker-hub/library/node:22
        buildArguments: { REGISTRY: `${stack.account}.dkr.ecr.${stack.region}.amazonaws.com` },
        baseImages: [
          BaseImageSource.ecr(golden), // another account must allow it, too
          BaseImageSource.pullThroughCache('docker-hub'),
          BaseImageSource.registry('ghcr.io', login),
        ],
      }),
    ]),
  ],
});

app.synth();
