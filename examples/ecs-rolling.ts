/** How do I release one service of ECS, whose tasks are replaced one by one? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, Duration, Stack } from 'aws-cdk-lib';
import { BuildStep, ContainerPipeline, ContainerRepository, DeploymentEnvironment, DeployTarget, PipelineSource, Rollout } from 'cdk-pipeline-patterns';

const app = new App();

// The repository stands by itself: the service needs it, and the pipeline needs the service.
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages'), 'Images');

const services = new Stack(app, 'ApiService');
const vpc = new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 });
const taskDefinition = new ecs.FargateTaskDefinition(services, 'Task', { cpu: 256, memoryLimitMiB: 512 });
taskDefinition.addContainer('web', {
  // Somebody pushes it before the first deployment; container-first-deploy.ts does without, and never brings it back.
  image: ecs.ContainerImage.fromEcrRepository(repository, 'first'),
  portMappings: [{ containerPort: 8080 }],
  logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
});
const service = new ecs.FargateService(services, 'Service', {
  cluster: new ecs.Cluster(services, 'Cluster', { vpc }),
  taskDefinition,
  desiredCount: 2,
  minHealthyPercent: 100,
  // A release whose tasks do not work is taken back by ECS, and fails in the pipeline.
  circuitBreaker: { rollback: true },
});
new elbv2.ApplicationLoadBalancer(services, 'Balancer', { vpc, internetFacing: true })
  .addListener('Http', { port: 80 })
  .addTargets('Web', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, targets: [service], healthCheck: { path: '/health' } });

new ContainerPipeline(new Stack(app, 'ApiDelivery'), 'Delivery', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('production', {
      target: DeployTarget.ecsService(service, { rollout: Rollout.rolling(), deploymentTimeout: Duration.minutes(20) }),
    }),
  ],
});

app.synth();
