/** How do I release one image to services in other accounts and regions? */
import { App, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const tools = { account: '111111111111', region: 'eu-west-1' };
const staging = { account: '222222222222', region: 'eu-west-1' };
const production = { account: '333333333333', region: 'us-east-1' };

const app = new App();
const images = new Stack(app, 'ApiImages', { env: tools });
const { repository } = new ContainerRepository(images, 'Repository', {
  repositoryName: 'acme/api',
  pullAccounts: [staging.account, production.account],
});

// A service of this app. It has a name, and so has its cluster: the pipeline refers to both only by name.
const services = new Stack(app, 'ApiStaging', { env: staging });
services.node.addDependency(images); // its tasks pull from the repository
const taskDefinition = new ecs.FargateTaskDefinition(services, 'Task');
taskDefinition.addContainer('web', {
  // It is pushed before the first deployment; container-first-deploy.ts does without, and never brings it back.
  image: ecs.ContainerImage.fromEcrRepository(
    ecr.Repository.fromRepositoryArn(services, 'Images', 'arn:aws:ecr:eu-west-1:111111111111:repository/acme/api'),
    'first',
  ),
  portMappings: [{ containerPort: 80 }],
});
const network = ec2.Vpc.fromVpcAttributes(services, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['eu-west-1a'],
  privateSubnetIds: ['subnet-0123456789abcdef0'],
  privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
});
const cluster = new ecs.Cluster(services, 'Cluster', { clusterName: 'apps', vpc: network });
const service = new ecs.FargateService(services, 'Service', {
  cluster,
  taskDefinition,
  serviceName: 'api',
  minHealthyPercent: 100,
  circuitBreaker: { rollback: true },
});

// A service of another team. Its task definition is unknown at synth time, so its contents are configured.
const theirs = new Stack(app, 'ApiProduction', { env: production });
const vpc = ec2.Vpc.fromVpcAttributes(theirs, 'Vpc', {
  vpcId: 'vpc-0123456789abcdef0',
  availabilityZones: ['us-east-1a'],
});
const lookedUp = ecs.FargateService.fromFargateServiceAttributes(theirs, 'Service', {
  cluster: ecs.Cluster.fromClusterAttributes(theirs, 'Cluster', { clusterName: 'apps', vpc }),
  serviceName: 'api',
});

new ContainerPipeline(new Stack(app, 'ApiPipeline', { env: tools }), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('staging', { target: DeployTarget.ecsService(service) }),
    new DeploymentEnvironment('production', {
      env: production,
      target: DeployTarget.ecsService(lookedUp, {
        family: 'api',
        containerName: 'web',
        containerPort: 80,
        taskRoles: ['api-task', 'api-execution'].map((name) =>
          iam.Role.fromRoleName(theirs, name, name, { mutable: false }),
        ),
      }),
    }),
  ],
});

app.synth();
