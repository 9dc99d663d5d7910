/** How do I make a service before there is an image, and keep the placeholder away for good? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_ecs_patterns as patterns, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  ServiceImage,
} from 'cdk-pipeline-patterns';

const app = new App();

// 1. The repository, and a parameter with the live image: at first the placeholder.
const images = new Stack(app, 'ApiImages');
const { repository } = new ContainerRepository(images, 'Repository');
const image = new ServiceImage(images, 'Image', { repository });

// 2. The service. Its health check requests `/` on port 80, which placeholder and application both answer.
const stack = new Stack(app, 'ApiService');
const cluster = new ecs.Cluster(stack, 'Cluster', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 }) });
const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task');
taskDefinition.addContainer('web', {
  image: image.containerImage,
  portMappings: [{ containerPort: 80 }],
  logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
});
const { service } = new patterns.ApplicationLoadBalancedFargateService(stack, 'Service', {
  cluster,
  taskDefinition,
  minHealthyPercent: 100,
  circuitBreaker: { rollback: true },
  desiredCount: 2,
});

// 3. The pipeline: the first push makes the first image. From then on `cdk deploy ApiService` finds the image that is
// live in the parameter.
new ContainerPipeline(new Stack(app, 'ApiPipeline'), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('production', {
      target: DeployTarget.ecsService(service, { imageParameters: { web: image.parameter } }),
    }),
  ],
});

app.synth();
