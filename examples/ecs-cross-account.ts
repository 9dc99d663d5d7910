/** How do I release a service of ECS in other accounts and regions, with a migration before it? */
import { App, aws_ec2 as ec2, aws_ecr as ecr, aws_ecs as ecs, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BuildStep, ContainerPipeline, ContainerRepository, DeploymentEnvironment, DeployTarget, PipelineSource } from 'cdk-pipeline-patterns';

const TOOLS = { account: '111111111111', region: 'eu-west-1' };
const STAGING = { account: '222222222222', region: 'eu-west-1' };
const PRODUCTION = { account: '333333333333', region: 'eu-central-1' };

const app = new App();

// One repository for all; tasks of the other accounts pull from it, across regions too.
const { repository } = new ContainerRepository(new Stack(app, 'ApiImages', { env: TOOLS }), 'Images', {
  repositoryName: 'acme/api', pullAccounts: [STAGING.account, PRODUCTION.account],
});

/** The service of an environment. The pipeline knows what is in another account or region by its names, so all have one. */
class Api extends Stack {
  public readonly service: ecs.FargateService;

  /** Said here, so that CDK need not ask the account. */
  public get availabilityZones(): string[] {
    return ['a', 'b'].map((zone) => this.region + zone);
  }

  public constructor(scope: Construct, id: string, env: typeof TOOLS) {
    super(scope, id, { env });
    const { account, region } = TOOLS;
    const image = ecr.Repository.fromRepositoryArn(this, 'Image', `arn:aws:ecr:${region}:${account}:repository/acme/api`);
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { family: 'api' });
    // Somebody pushes it before the first deployment; container-first-deploy.ts does without, and never brings it back.
    taskDefinition.addContainer('web', { image: ecs.ContainerImage.fromEcrRepository(image, 'first'), portMappings: [{ containerPort: 8080 }] });
    const vpc = new ec2.Vpc(this, 'Vpc', { natGateways: 1 });
    this.service = new ecs.FargateService(this, 'Service', {
      serviceName: 'api',
      cluster: new ecs.Cluster(this, 'Cluster', { clusterName: 'apps', vpc }),
      taskDefinition,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
  }
}

/** Account and region are those of the service. */
const target = ({ service }: Api) => DeployTarget.inOrder([
  DeployTarget.ecsTask(service.taskDefinition, service.cluster, { command: ['./migrate'], securityGroups: service.connections.securityGroups }),
  DeployTarget.ecsService(service),
]);

new ContainerPipeline(new Stack(app, 'ApiDelivery', { env: TOOLS }), 'Delivery', {
  pipelineName: 'api',
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('staging', { target: target(new Api(app, 'ApiStaging', STAGING)) }),
    new DeploymentEnvironment('production', { target: target(new Api(app, 'ApiProduction', PRODUCTION)) }),
  ],
});

app.synth();
