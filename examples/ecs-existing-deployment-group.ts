/** How do I release through a deployment group of CodeDeploy that exists, to a service in another account? */
import { App, aws_codedeploy as codedeploy, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  ServiceDeploymentController,
} from 'cdk-pipeline-patterns';

const tools = { account: '111111111111', region: 'eu-west-1' };
const production = { account: '222222222222', region: 'eu-west-1' };

const app = new App();
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages', { env: tools }), 'Images', {
  repositoryName: 'acme/api',
  pullAccounts: [production.account],
});

// None of these is made here: they are imported by their names, and nothing of them is changed.
const theirs = new Stack(app, 'TheirProduction', { env: production });
const service: ecs.IBaseService = ecs.FargateService.fromFargateServiceAttributes(theirs, 'Service', {
  serviceName: 'api',
  cluster: ecs.Cluster.fromClusterAttributes(theirs, 'Cluster', {
    clusterName: 'apps',
    vpc: ec2.Vpc.fromVpcAttributes(theirs, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a'],
    }),
  }),
});
const group = codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes(theirs, 'Group', {
  application: codedeploy.EcsApplication.fromEcsApplicationName(theirs, 'Application', 'api'),
  deploymentGroupName: 'production',
  // The role of the environment may read this one and no other.
  deploymentConfig: codedeploy.EcsDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTES,
});

new ContainerPipeline(new Stack(app, 'ApiDelivery', { env: tools }), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('production', {
      env: production,
      target: DeployTarget.ecsService(service, {
        deploymentController: ServiceDeploymentController.codeDeployGroup(group),
        // Properties that an imported service lacks.
        family: 'api',
        containerName: 'web',
        containerPort: 8080,
        taskRoles: ['api-task', 'api-execution'].map((name) => iam.Role.fromRoleName(theirs, name, name)),
      }),
    }),
  ],
});

app.synth();
