/** How do I build one image for ARM and x86, each on its own machine? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  ImagePlatform,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const app = new App();
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages'), 'Repository');

const services = new Stack(app, 'ApiServices');
const cluster = new ecs.Cluster(services, 'Cluster', {
  vpc: new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 }),
});

/** ECS picks from the image what its tasks run on. */
function service(name: string, cpuArchitecture: ecs.CpuArchitecture): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(services, `Task-${name}`, {
    runtimePlatform: { cpuArchitecture },
  });
  taskDefinition.addContainer('web', {
    // It is pushed before the first deployment; container-first-deploy.ts does without, and never brings it back.
    image: ecs.ContainerImage.fromEcrRepository(repository, 'first'),
    portMappings: [{ containerPort: 8080 }],
  });
  return new ecs.FargateService(services, name, {
    cluster,
    taskDefinition,
    minHealthyPercent: 100,
    circuitBreaker: { rollback: true },
  });
}

new ContainerPipeline(new Stack(app, 'ApiPipeline'), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository, {
    platforms: [ImagePlatform.X86_64, ImagePlatform.ARM64],
    directory: 'examples/container-service',
  }),
  environments: [
    new DeploymentEnvironment('staging', {
      target: DeployTarget.ecsService(service('staging', ecs.CpuArchitecture.ARM64)),
    }),
    new DeploymentEnvironment('production', {
      target: DeployTarget.ecsService(service('production', ecs.CpuArchitecture.X86_64)),
    }),
  ],
});

app.synth();
