/** How do I apply Kubernetes manifests to a private EKS cluster in another account? */
import { App, aws_ec2 as ec2, aws_ecr as ecr, aws_eks as eks, aws_iam as iam, Stack } from 'aws-cdk-lib';
import {
  BuildNetwork,
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
} from 'cdk-pipeline-patterns';

const TOOLS = { account: '111111111111', region: 'eu-west-1' };
const PRODUCTION = '222222222222';

const app = new App();
const images = new Stack(app, 'ShopImages', { env: TOOLS });
const repository = new ecr.Repository(images, 'Repository', { repositoryName: 'shop-api', imageScanOnPush: true });
// The nodes of the cluster pull the image from there.
repository.grantPull(new iam.AccountPrincipal(PRODUCTION));

const stack = new Stack(app, 'ShopDelivery', { env: TOOLS });
// The ARN determines the account and Region of the cluster, and so of the environment.
const cluster = eks.CfnCluster.fromClusterArn(stack, 'Cluster', `arn:aws:eks:eu-west-1:${PRODUCTION}:cluster/shop`);
const network = BuildNetwork.vpc(
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
    privateSubnetRouteTableIds: ['rtb-0123456789abcdef0', 'rtb-0123456789abcdef1'],
  }),
  {
    // The security group of the cluster allows this one on port 443.
    securityGroups: [
      ec2.SecurityGroup.fromSecurityGroupId(stack, 'Deployers', 'sg-0123456789abcdef0', { mutable: false }),
    ],
  },
);

new ContainerPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/shop-api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('production', {
      target: DeployTarget.eksManifests(cluster, {
        manifestFiles: ['kubernetes/manifests/deployment.yaml', 'kubernetes/manifests/service.yaml'],
        kubernetesNamespace: 'shop',
        network,
      }),
    }),
  ],
});

app.synth();
