import type { aws_codepipeline, Environment, Stack } from 'aws-cdk-lib-newest';
import { CONNECTION_ARN, type Build, type Lib } from './world';

/** Actions that deploy into the same account. */
export function deploys(env?: Environment): Build {
  return (app, lib) => {
    const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions } = lib;
    const stack = new lib.Stack(app, 'Deploys', { env });
    const source = new codepipeline.Artifact('Source');
    new codepipeline.Pipeline(stack, 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      crossAccountKeys: true,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new actions.CodeStarConnectionsSourceAction({
              actionName: 'GitHub',
              owner: 'acme',
              repo: 'shop',
              connectionArn: CONNECTION_ARN,
              output: source,
            }),
          ],
        },
        { stageName: 'Containers', actions: containers(stack, lib, source) },
        { stageName: 'Servers', actions: servers(stack, lib, source) },
      ],
    });
  };
}

/** A cluster in a network that exists already, so that the template stays short. */
export function fargateService(
  stack: Stack,
  lib: Lib,
  id: string,
  props: { codeDeploy?: boolean; serviceName?: string } = {},
) {
  const { aws_ec2: ec2, aws_ecs: ecs } = lib;
  const vpc = ec2.Vpc.fromVpcAttributes(stack, `${id}Vpc`, {
    vpcId: 'vpc-1',
    availabilityZones: ['eu-west-1a', 'eu-west-1b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    publicSubnetIds: ['subnet-3', 'subnet-4'],
    privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    publicSubnetRouteTableIds: ['rtb-3', 'rtb-4'],
  });
  const clusterName = props.serviceName && `${props.serviceName}-cluster`;
  const taskDefinition = new ecs.FargateTaskDefinition(stack, `${id}Task`);
  taskDefinition.addContainer('web', {
    image: ecs.ContainerImage.fromRegistry('nginx'),
    portMappings: [{ containerPort: 80 }],
  });
  const service = new ecs.FargateService(stack, id, {
    cluster: new ecs.Cluster(stack, `${id}Cluster`, { vpc, clusterName }),
    taskDefinition,
    serviceName: props.serviceName,
    minHealthyPercent: 100,
    circuitBreaker: props.codeDeploy ? undefined : { rollback: true },
    deploymentController: props.codeDeploy ? { type: ecs.DeploymentControllerType.CODE_DEPLOY } : undefined,
  });
  return { service, vpc };
}

function containers(stack: Stack, lib: Lib, source: aws_codepipeline.Artifact): aws_codepipeline.IAction[] {
  const { aws_codedeploy: codedeploy, aws_codepipeline_actions: actions, aws_elasticloadbalancingv2: elbv2 } = lib;
  const { service: shifted, vpc } = fargateService(stack, lib, 'Shifted', { codeDeploy: true });
  const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc, internetFacing: true });
  const [blue, green] = ['Blue', 'Green'].map(
    (id) =>
      new elbv2.ApplicationTargetGroup(stack, id, {
        vpc,
        targetType: elbv2.TargetType.IP,
        port: 80,
      }),
  );
  const listener = balancer.addListener('Listener', { port: 80, defaultTargetGroups: [blue] });
  shifted.attachToApplicationTargetGroup(blue);
  const deploymentGroup = new codedeploy.EcsDeploymentGroup(stack, 'EcsGroup', {
    service: shifted,
    blueGreenDeploymentConfig: { blueTargetGroup: blue, greenTargetGroup: green, listener },
  });
  return [
    new actions.EcsDeployAction({
      actionName: 'Ecs',
      service: fargateService(stack, lib, 'Rolled').service,
      input: source,
    }),
    new actions.CodeDeployEcsDeployAction({
      actionName: 'CodeDeployEcs',
      deploymentGroup,
      appSpecTemplateInput: source,
      taskDefinitionTemplateInput: source,
    }),
  ];
}

function servers(stack: Stack, lib: Lib, source: aws_codepipeline.Artifact): aws_codepipeline.IAction[] {
  const {
    aws_codedeploy: codedeploy,
    aws_codepipeline_actions: actions,
    aws_elasticbeanstalk: beanstalk,
    aws_s3: s3,
    aws_kms: kms,
  } = lib;
  const application = new beanstalk.CfnApplication(stack, 'Beanstalk', { applicationName: 'shop' });
  const environment = new beanstalk.CfnEnvironment(stack, 'BeanstalkEnvironment', {
    applicationName: application.ref,
    environmentName: 'shop-prod',
    solutionStackName: '64bit Amazon Linux 2023 v6.1.0 running Node.js 20',
  });
  return [
    new actions.CodeDeployServerDeployAction({
      actionName: 'CodeDeploy',
      input: source,
      deploymentGroup: new codedeploy.ServerDeploymentGroup(stack, 'ServerGroup'),
    }),
    new actions.Ec2DeployAction({
      actionName: 'Ec2',
      input: source,
      instanceType: actions.Ec2InstanceType.EC2,
      instanceTagKey: 'role',
      instanceTagValue: 'web',
      deploySpecifications: actions.Ec2DeploySpecifications.inline({
        targetDirectory: '/srv/app',
        postScript: 'restart.sh',
      }),
    }),
    new actions.ElasticBeanstalkDeployAction({
      actionName: 'Beanstalk',
      input: source,
      applicationName: application.ref,
      environmentName: environment.environmentName!,
    }),
    new actions.ServiceCatalogDeployActionBeta1({
      actionName: 'Catalog',
      productId: 'prod-abcdefghijklm',
      productVersionName: 'one',
      templatePath: source.atPath('product.yaml'),
    }),
    new actions.S3DeployAction({
      actionName: 'Bucket',
      input: source,
      bucket: new s3.Bucket(stack, 'KeyedTarget', { encryptionKey: new kms.Key(stack, 'TargetKey') }),
    }),
  ];
}

/** Change sets, stacks, stack sets and stack instances. */
export function cloudFormation(env?: Environment): Build {
  return (app, lib) => {
    const { aws_codepipeline: codepipeline, aws_codepipeline_actions: actions, aws_codecommit: codecommit } = lib;
    const stack = new lib.Stack(app, 'CloudFormation', { env });
    const source = new codepipeline.Artifact('Source');
    const templatePath = source.atPath('template.yaml');
    new codepipeline.Pipeline(stack, 'Pipeline', {
      pipelineType: codepipeline.PipelineType.V2,
      stages: [
        {
          stageName: 'Source',
          actions: [
            new actions.CodeCommitSourceAction({
              actionName: 'Commit',
              repository: new codecommit.Repository(stack, 'Repository', { repositoryName: 'shop' }),
              branch: 'main',
              output: source,
            }),
          ],
        },
        {
          stageName: 'ChangeSet',
          actions: [
            new actions.CloudFormationCreateReplaceChangeSetAction({
              actionName: 'Prepare',
              stackName: 'Shop',
              changeSetName: 'Next',
              templatePath,
              adminPermissions: true,
              runOrder: 1,
            }),
            new actions.CloudFormationExecuteChangeSetAction({
              actionName: 'Execute',
              stackName: 'Shop',
              changeSetName: 'Next',
              runOrder: 2,
              output: new codepipeline.Artifact('Outputs'),
            }),
          ],
        },
        {
          stageName: 'Stack',
          actions: [
            new actions.CloudFormationCreateUpdateStackAction({
              actionName: 'Deploy',
              stackName: 'Other',
              templatePath,
              adminPermissions: false,
              parameterOverrides: { Mode: 'prod' },
              templateConfiguration: source.atPath('config.json'),
              cfnCapabilities: [lib.CfnCapabilities.NAMED_IAM],
            }),
            new actions.CloudFormationDeleteStackAction({
              actionName: 'Delete',
              stackName: 'Old',
              adminPermissions: true,
            }),
          ],
        },
        {
          stageName: 'Sets',
          actions: [
            new actions.CloudFormationDeployStackSetAction({
              actionName: 'Set',
              stackSetName: 'Everywhere',
              template: actions.StackSetTemplate.fromArtifactPath(templatePath),
              runOrder: 1,
              stackInstances: actions.StackInstances.inAccounts(['333333333333'], ['eu-west-1']),
            }),
            new actions.CloudFormationDeployStackInstancesAction({
              actionName: 'Instances',
              stackSetName: 'Everywhere',
              runOrder: 2,
              stackInstances: actions.StackInstances.inAccounts(['444444444444'], ['us-east-1']),
            }),
          ],
        },
      ],
    });
  };
}
