/** How do I deploy a service before there is an image, and keep later deployments of its stack from bringing an old image back? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_elasticloadbalancingv2 as elbv2, Stack } from 'aws-cdk-lib';
import { BuildStep, ContainerPipeline, ContainerRepository, DeploymentEnvironment, DeployTarget, PipelineSource, ServiceImage } from 'cdk-pipeline-patterns';

const app = new App();

// 1. npx cdk deploy ApiImages
//    The repository, and a parameter that says which image is live: at first a placeholder that answers.
const images = new Stack(app, 'ApiImages');
const { repository } = new ContainerRepository(images, 'Images');
const live = new ServiceImage(images, 'Live', { repository });

// 2. npx cdk deploy ApiService
//    The service comes up with the placeholder. From now on CloudFormation reads the parameter each time it deploys this stack.
const services = new Stack(app, 'ApiService');
const vpc = new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 });
const taskDefinition = new ecs.FargateTaskDefinition(services, 'Task');
taskDefinition.addContainer('web', { image: live.containerImage, portMappings: [{ containerPort: 80 }] });
const service = new ecs.FargateService(services, 'Service', {
  cluster: new ecs.Cluster(services, 'Cluster', { vpc }), taskDefinition, minHealthyPercent: 100, circuitBreaker: { rollback: true },
});
new elbv2.ApplicationLoadBalancer(services, 'Balancer', { vpc, internetFacing: true })
  .addListener('Http', { port: 80 })
  // The placeholder answers / on port 80 with 200, and every other path with 404. Where your health check asks for another path, let it take both.
  .addTargets('Web', { port: 80, targets: [service], healthCheck: { path: '/health', healthyHttpCodes: '200,404' } });

// 3. npx cdk deploy ApiDelivery
//    It builds the first image and releases it; each release writes its image into the parameter.
new ContainerPipeline(new Stack(app, 'ApiDelivery'), 'Delivery', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('production', { target: DeployTarget.ecsService(service, { imageParameters: { web: live.parameter } }) }),
  ],
});

app.synth();
