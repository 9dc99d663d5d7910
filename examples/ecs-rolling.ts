/** How do I release a service of Amazon ECS whose tasks are replaced some at a time? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  Rollout,
  TestStep,
} from 'cdk-pipeline-patterns';

const app = new App();
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages'), 'Repository');

// Any service will do. Its circuit breaker stops early on tasks that do not start, and its bounds set how many are
// replaced at a time.
const services = new Stack(app, 'ApiServices');
const cluster = new ecs.Cluster(services, 'Cluster', {
  vpc: new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 }),
});

function service(name: string): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(services, `Task-${name}`);
  taskDefinition.addContainer('web', {
    // It is pushed before the first deployment; container-first-deploy.ts does without, and never brings it back.
    image: ecs.ContainerImage.fromEcrRepository(repository, 'first'),
    portMappings: [{ containerPort: 80 }],
  });
  return new ecs.FargateService(services, name, {
    cluster,
    taskDefinition,
    desiredCount: 2,
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    circuitBreaker: { rollback: true },
  });
}

new ContainerPipeline(new Stack(app, 'ApiPipeline'), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('staging', {
      target: DeployTarget.ecsService(service('staging')),
      tests: [TestStep.shell(['curl --fail https://staging.example.com/health'])],
    }),
    new DeploymentEnvironment('production', {
      target: DeployTarget.ecsService(service('production'), {
        rollout: Rollout.rolling(),
        deploymentTimeout: Duration.minutes(20),
      }),
    }),
  ],
});

app.synth();
