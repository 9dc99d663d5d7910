/** How do I replace a pipeline of AWS Copilot, with the services that it created? */
import { App, aws_ec2 as ec2, aws_ecs as ecs, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  Approval,
  BuildStep,
  ContainerPipeline,
  ContainerRepository,
  DeploymentEnvironment,
  DeployTarget,
  GitConnection,
  PipelineSource,
  TestStep,
} from 'cdk-pipeline-patterns';

const env = { account: '111111111111', region: 'eu-west-1' };
const app = new App();

const images = new Stack(app, 'ShopImages', { env });
const { repository: orders } = new ContainerRepository(images, 'Orders', { repositoryName: 'shop/orders' });
const { repository: frontend } = new ContainerRepository(images, 'Frontend', { repositoryName: 'shop/frontend' });

const ordersImage = BuildStep.dockerImage(orders, {
  stepName: 'Orders',
  directory: 'orders',
  target: 'release',
  buildArguments: { NODE_ENV: 'production' },
});
const frontendImage = BuildStep.dockerImage(frontend, { stepName: 'Frontend', directory: 'frontend' });

const stack = new Stack(app, 'ShopPipeline', { env });

/**
 * The services that Copilot created. Copy the names from `copilot svc show --resources`: those of roles, clusters and
 * services end in a suffix of CloudFormation, which these literals lack.
 */
function environment(name: string): DeployTarget {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, `Vpc-${name}`, {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a'],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0'],
  });
  const cluster = ecs.Cluster.fromClusterAttributes(stack, `Cluster-${name}`, { clusterName: `shop-${name}`, vpc });

  function definition(containerName: string) {
    return {
      family: `shop-${name}-${containerName}`,
      containerName,
      taskRoles: ['TaskRole', 'ExecutionRole'].map((role) =>
        iam.Role.fromRoleName(stack, `${containerName}-${name}-${role}`, `shop-${name}-${containerName}-${role}`, {
          mutable: false,
        }),
      ),
    };
  }

  const [ofOrders, ofFrontend] = [definition('orders'), definition('frontend')];

  function service(serviceName: string, id: string) {
    return ecs.FargateService.fromFargateServiceAttributes(stack, id, { cluster, serviceName });
  }

  return DeployTarget.inOrder([
    DeployTarget.ecsTask(
      ecs.TaskDefinition.fromTaskDefinitionArn(
        stack,
        `Migration-${name}`,
        `arn:aws:ecs:eu-west-1:111111111111:task-definition/shop-${name}-orders`,
      ),
      cluster,
      {
        ...ofOrders,
        deploymentName: 'Migration',
        command: ['npm', 'run', 'migrate'],
        securityGroups: [
          ec2.SecurityGroup.fromSecurityGroupId(stack, `EnvironmentSecurityGroup-${name}`, 'sg-0123456789abcdef0'),
        ],
      },
    ),
    DeployTarget.together([
      DeployTarget.ecsService(service(`shop-${name}-orders`, `Orders-${name}`), {
        ...ofOrders,
        deploymentName: 'Orders',
      }),
      DeployTarget.ecsService(service(`shop-${name}-frontend`, `Frontend-${name}`), {
        ...ofFrontend,
        deploymentName: 'Frontend',
        images: { frontend: frontendImage },
      }),
    ]),
  ]);
}

new ContainerPipeline(stack, 'Shop', {
  pipelineName: 'shop',
  source: PipelineSource.gitHub('acme/shop', 'main', {
    connection: GitConnection.fromParameter('/delivery/github-connection'),
  }),
  image: ordersImage,
  additionalImages: [frontendImage],
  environments: [
    new DeploymentEnvironment('test', { target: environment('test'), tests: [TestStep.shell(['make integ-test'])] }),
    new DeploymentEnvironment('prod', { target: environment('prod'), approval: Approval.manual() }),
  ],
});

app.synth();
