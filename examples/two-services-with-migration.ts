/** How do I release two services with an image each, at the same time, after the database was migrated? */
import {
  App,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_secretsmanager as secretsmanager,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const app = new App();

const images = new Stack(app, 'ShopImages');
const api = new ContainerRepository(images, 'Api').repository;
const worker = new ContainerRepository(images, 'Worker').repository;

const services = new Stack(app, 'ShopServices');
const vpc = new ec2.Vpc(services, 'Vpc', { maxAzs: 2, natGateways: 1 });
const cluster = new ecs.Cluster(services, 'Cluster', { vpc });
const password = secretsmanager.Secret.fromSecretNameV2(services, 'Database', 'shop/database');

function makeService(name: string, repository: typeof api): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(services, `${name}Task`);
  taskDefinition.addContainer(name, {
    // It is pushed before the first deployment; container-first-deploy.ts does without, and never brings it back.
    image: ecs.ContainerImage.fromEcrRepository(repository, 'first'),
    secrets: { DATABASE: ecs.Secret.fromSecretsManager(password) },
    logging: ecs.LogDrivers.awsLogs({ streamPrefix: name }),
  });
  return new ecs.FargateService(services, name, {
    cluster,
    taskDefinition,
    minHealthyPercent: 100,
    circuitBreaker: { rollback: true },
  });
}

const apiService = makeService('api', api);
const workerService = makeService('worker', worker);

const apiImage = BuildStep.dockerImage(api, { directory: 'api', stepName: 'ApiImage' });
const workerImage = BuildStep.dockerImage(worker, { directory: 'worker', stepName: 'WorkerImage' });

new ContainerPipeline(new Stack(app, 'ShopDelivery'), 'Delivery', {
  source: PipelineSource.gitHub('acme/shop', 'main'),
  image: apiImage,
  additionalImages: [workerImage],
  environments: [
    new DeploymentEnvironment('production', {
      target: DeployTarget.inOrder([
        // The new image of the api, with the secrets and the network of its service. When it fails, both services stay
        // as they are.
        DeployTarget.ecsTask(apiService.taskDefinition, cluster, {
          deploymentName: 'migration',
          command: ['npm', 'run', 'migrate'],
          securityGroups: apiService.connections.securityGroups,
          timeout: Duration.minutes(15),
        }),
        DeployTarget.together([
          DeployTarget.ecsService(apiService, { deploymentName: 'api' }),
          DeployTarget.ecsService(workerService, { deploymentName: 'worker', images: { worker: workerImage } }),
        ]),
      ]),
    }),
  ],
});

app.synth();
