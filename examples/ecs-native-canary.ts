/**
 * How does Amazon ECS itself move the traffic of a service, all at once in staging and as a canary with alarms in
 * production?
 */
import {
  Annotations,
  App,
  aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  Duration,
  Stack,
  type StackProps,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  FailureHandling,
  MultiEnvPromotionPipeline,
  PipelineSource,
  Rollout,
} from 'cdk-pipeline-patterns';

interface ApiProps extends StackProps {
  readonly repository: ecr.IRepository;
  /** How ECS moves the traffic. */
  readonly deployment: Pick<
    ecs.FargateServiceProps,
    'deploymentStrategy' | 'canaryConfiguration' | 'bakeTime' | 'deploymentAlarms'
  >;
}

/** A service behind a load balancer, with the two target groups between which ECS moves the traffic. */
class Api extends Stack {
  public readonly service: ecs.FargateService;

  constructor(scope: Construct, id: string, { repository, deployment, ...props }: ApiProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const taskDefinition = new ecs.FargateTaskDefinition(this, 'Task', { family: `${id.toLowerCase()}-task` });
    taskDefinition.addContainer('web', {
      // The pipeline replaces it; the first deployment of this stack needs some image that answers.
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/nginx/nginx:stable'),
      portMappings: [{ containerPort: 80 }],
    });
    // Tasks on Fargate pull the images of the releases with the execution role.
    repository.grantPull(taskDefinition.obtainExecutionRole());

    const group = (name: string) =>
      new elbv2.ApplicationTargetGroup(this, name, { vpc, port: 80, targetType: elbv2.TargetType.IP });
    const [blue, green] = [group('Blue'), group('Green')];
    const listener = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', { vpc, internetFacing: true }).addListener(
      'Http',
      { port: 80, defaultAction: elbv2.ListenerAction.fixedResponse(404) },
    );
    const rule = new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener,
      priority: 1,
      conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
      // ECS changes these weights with every deployment; a deployment of this stack leaves them alone as long as the
      // rule stays as it is here.
      action: elbv2.ListenerAction.weightedForward([
        { targetGroup: blue, weight: 100 },
        { targetGroup: green, weight: 0 },
      ]),
    });

    this.service = new ecs.FargateService(this, 'Service', {
      cluster: new ecs.Cluster(this, 'Cluster', { vpc }),
      taskDefinition,
      minHealthyPercent: 100,
      maxHealthyPercent: 200,
      ...deployment,
    });
    Annotations.of(this.service).acknowledgeWarning(
      '@aws-cdk/aws-ecs:shouldUseCircuitBreaker',
      'It is for rolling deployments only',
    );
    blue.addTarget(
      this.service.loadBalancerTarget({
        containerName: 'web',
        containerPort: 80,
        alternateTarget: new ecs.AlternateTarget('Alternate', {
          alternateTargetGroup: green,
          productionListener: ecs.ListenerRuleConfiguration.applicationListenerRule(rule),
        }),
      }),
    );
  }
}

const app = new App();

// A separate stack, which is deployed before the services that pull from the repository.
const repository = new ecr.Repository(new Stack(app, 'ApiImages'), 'Repository', { imageScanOnPush: true });

const staging = new Api(app, 'ApiStaging', {
  repository,
  deployment: { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN, bakeTime: Duration.minutes(0) },
});

// ECS refers to alarms by name, so they can be in another stack that is deployed before the service.
const alarms = new Stack(app, 'ApiAlarms');
new cloudwatch.Alarm(alarms, 'Errors', {
  alarmName: 'api-errors',
  metric: new cloudwatch.Metric({
    namespace: 'Acme/Api',
    metricName: 'Errors',
    statistic: 'Sum',
    period: Duration.minutes(1),
  }),
  threshold: 10,
  evaluationPeriods: 2,
});
const production = new Api(app, 'ApiProduction', {
  repository,
  deployment: {
    deploymentStrategy: ecs.DeploymentStrategy.CANARY,
    canaryConfiguration: { stepPercent: 10, stepBakeTime: Duration.hours(2) },
    bakeTime: Duration.hours(1),
    deploymentAlarms: { alarmNames: ['api-errors'], behavior: ecs.AlarmBehavior.ROLLBACK_ON_ALARM },
  },
});
production.node.addDependency(alarms); // the service names the alarm

const stack = new Stack(app, 'ApiDelivery');
new MultiEnvPromotionPipeline(stack, 'Delivery', {
  source: PipelineSource.gitHub('acme/api', 'main'),
  buildStep: BuildStep.dockerImage(repository),
  environments: [
    new DeploymentEnvironment('staging', { target: DeployTarget.ecsService(staging.service) }),
    new DeploymentEnvironment('production', {
      // The strategy is configured on the service. Repeating it here is optional, and documents it.
      target: DeployTarget.ecsService(production.service, { rollout: Rollout.canary(10, Duration.hours(2)) }),
      // ECS rolls back if an alarm fires, so the pipeline does not need to deploy the earlier image again.
      onFailure: FailureHandling.none(),
    }),
  ],
});

app.synth();
