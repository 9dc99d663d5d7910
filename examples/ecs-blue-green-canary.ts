/**
 * How do I deploy an ECS service blue/green with CodeDeploy: tested before users see it, as a canary, and rolled back
 * if an alarm fires?
 */
import {
  App,
  ArnFormat,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  aws_lambda as lambda,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentEnvironment,
  DeployTarget,
  PipelineSource,
  Rollout,
  ServiceDeploymentController,
} from 'cdk-pipeline-patterns';

const app = new App();

const images = new Stack(app, 'ApiImages');
const repository = new ecr.Repository(images, 'Repository', { imageTagMutability: ecr.TagMutability.IMMUTABLE });

/** The service, and what CodeDeploy moves its traffic with. */
class ApiService extends Stack {
  public readonly service: ecs.FargateService;
  public readonly traffic: ServiceDeploymentController;
  public readonly errors: cloudwatch.Alarm;
  public readonly acceptance: lambda.Function;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });

    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 256, memoryLimitMiB: 512 });
    taskDefinition.addContainer('web', {
      // Until the first release, which brings the image of the repository.
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable-alpine'),
      portMappings: [{ containerPort: 80 }],
      logging: ecs.LogDrivers.awsLogs({ streamPrefix: 'web' }),
    });
    repository.grantPull(taskDefinition.obtainExecutionRole());

    this.service = new ecs.FargateService(this, 'Service', {
      cluster: new ecs.Cluster(this, 'Cluster', { vpc }),
      taskDefinition,
      desiredCount: 2,
      minHealthyPercent: 100,
      deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY },
    });

    // Two target groups, which take turns; the service is made with the first.
    const targetGroup = (color: string) =>
      new elbv2.ApplicationTargetGroup(this, color, {
        vpc,
        port: 80,
        targetType: elbv2.TargetType.IP,
        deregistrationDelay: Duration.seconds(30),
      });
    const blueTargetGroup = targetGroup('Blue');
    const greenTargetGroup = targetGroup('Green');
    blueTargetGroup.addTarget(this.service);

    const balancer = new elbv2.ApplicationLoadBalancer(this, 'Balancer', { vpc, internetFacing: true });

    function listen(port: number, open: boolean) {
      return balancer.addListener(`Port${port}`, {
        port,
        open,
        protocol: elbv2.ApplicationProtocol.HTTP,
        defaultTargetGroups: [blueTargetGroup],
      });
    }

    // Users come in by one port. By the other, who tests the new release before they do; open it to them.
    this.traffic = ServiceDeploymentController.codeDeploy({
      blueTargetGroup,
      greenTargetGroup,
      listener: listen(80, true),
      testListener: listen(8080, false),
    });

    this.errors = new cloudwatch.Alarm(this, 'Errors', {
      metric: balancer.metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT, {
        period: Duration.minutes(1),
        statistic: 'Sum',
      }),
      threshold: 10,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });

    // Invoked when the test listener sends to the new release. It has to answer within an hour.
    this.acceptance = new lambda.Function(this, 'Acceptance', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      timeout: Duration.minutes(1),
      code: lambda.Code.fromInline(
        [
          "const { CodeDeploy } = require('@aws-sdk/client-codedeploy');",
          'exports.handler = async ({ DeploymentId: deploymentId, LifecycleEventHookExecutionId: ' +
            'lifecycleEventHookExecutionId }) => {',
          "  const status = 'Succeeded'; // or 'Failed', after looking at the new release",
          '  await new CodeDeploy().putLifecycleEventHookExecutionStatus({ deploymentId, ' +
            'lifecycleEventHookExecutionId, status });',
          '};',
        ].join('\n'),
      ),
    });
    this.acceptance.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['codedeploy:PutLifecycleEventHookExecutionStatus'],
        resources: [
          this.formatArn({
            service: 'codedeploy',
            resource: 'deploymentgroup',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        ],
      }),
    );
  }
}

const staging = new ApiService(app, 'ApiStaging');
const production = new ApiService(app, 'ApiProduction');

new ContainerPipeline(new Stack(app, 'ApiDelivery'), 'Api', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  image: BuildStep.dockerImage(repository),
  environments: [
    // Staging is shifted all at once, and the old tasks go when the new ones serve.
    new DeploymentEnvironment('staging', {
      target: DeployTarget.ecsService(staging.service, {
        deploymentController: staging.traffic,
        rollout: Rollout.allAtOnce({ bakeTime: Duration.minutes(0) }),
      }),
    }),
    // 10 % of the users for 15 minutes, then all; the old tasks stay for another half an hour. An alarm in that time
    // shifts all traffic back to the previous release.
    new DeploymentEnvironment('production', {
      target: DeployTarget.ecsService(production.service, {
        deploymentController: production.traffic,
        rollout: Rollout.canary(10, Duration.minutes(15), {
          alarms: [production.errors],
          bakeTime: Duration.minutes(30),
          hooks: { afterAllowTestTraffic: production.acceptance },
        }),
      }),
    }),
  ],
});

app.synth();
