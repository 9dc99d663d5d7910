/** How do I keep an image away from every environment that has vulnerabilities, or fails its tests? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  ImageScan,
  PipelineSource,
  TestStep,
} from 'cdk-pipeline-patterns';

const app = new App();
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages'), 'Repository');

const services = new Stack(app, 'ApiService');
const cluster = new ecs.Cluster(services, 'Cluster', {
  vpc: new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 }),
});
const taskDefinition = new ecs.FargateTaskDefinition(services, 'Task');
taskDefinition.addContainer('web', {
  // It is pushed before the first deployment; container-first-deploy.ts does without, and never brings it back.
  image: ecs.ContainerImage.fromEcrRepository(repository, 'first'),
  portMappings: [{ containerPort: 8080 }],
});
const service = new ecs.FargateService(services, 'Service', {
  cluster,
  taskDefinition,
  minHealthyPercent: 100,
  circuitBreaker: { rollback: true },
});

const image = BuildStep.dockerImage(repository, { directory: 'examples/container-service' });

new ContainerPipeline(new Stack(app, 'ApiPipeline'), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image,
  // Its artifact contains the software bill of materials (SBOM) and the findings.
  scan: ImageScan.inspector({ maxCritical: 0, maxHigh: 5 }),
  checks: [
    TestStep.dockerImage(image, [
      'docker run --detach --name api --publish 8080:8080 "$IMAGE_URI"',
      'curl --fail --silent --retry 10 --retry-all-errors http://localhost:8080/health',
      'docker logs api',
    ]),
  ],
  environments: [new DeploymentEnvironment('production', { target: DeployTarget.ecsService(service) })],
});

app.synth();
