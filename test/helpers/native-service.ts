import {
  aws_ec2 as ec2,
  aws_ecr as ecr,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import { jsonOf, newApp, type CfnTemplate } from './synth';
import {
  BuildStep,
  DeploymentEnvironment,
  DeployTarget,
  MultiEnvPromotionPipeline,
  PipelineSource,
  type EcsServiceOptions,
} from '../../src';

export const HOME = { account: '111111111111', region: 'eu-west-1' };
export const ELSEWHERE = { account: '222222222222', region: 'eu-central-1' };

export const CANARY: Partial<ecs.FargateServiceProps> = {
  deploymentStrategy: ecs.DeploymentStrategy.CANARY,
  canaryConfiguration: { stepPercent: 10, stepBakeTime: Duration.minutes(15) },
  bakeTime: Duration.minutes(30),
};

/** A service whose traffic ECS moves, with a load balancer unless it is configured without one. */
export function nativeService(
  stack: Stack,
  props: Partial<ecs.FargateServiceProps> = CANARY,
  balanced: 'two' | 'one' | 'none' = 'two',
) {
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  const cluster = new ecs.Cluster(stack, 'Cluster', { vpc, clusterName: 'apps' });
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Task', { family: 'api' });
  const image = ecs.ContainerImage.fromEcrRepository(
    ecr.Repository.fromRepositoryName(stack, 'Image', 'acme/api'),
    'first',
  );
  taskDefinition.addContainer('web', { image, portMappings: [{ containerPort: 80 }] });
  const service = new ecs.FargateService(stack, 'Service', { cluster, taskDefinition, serviceName: 'api', ...props });
  if (balanced === 'none') return service;

  function group(id: string) {
    return new elbv2.ApplicationTargetGroup(stack, id, { vpc, port: 80, targetType: elbv2.TargetType.IP });
  }

  const [blue, green] = [group('Blue'), group('Green')];
  const listener = new elbv2.ApplicationLoadBalancer(stack, 'LoadBalancer', { vpc }).addListener('Http', {
    port: 80,
    defaultTargetGroups: [blue],
  });
  const rule = new elbv2.ApplicationListenerRule(stack, 'Rule', {
    listener,
    priority: 1,
    conditions: [elbv2.ListenerCondition.pathPatterns(['/*'])],
    targetGroups: [blue],
  });
  const productionListener = ecs.ListenerRuleConfiguration.applicationListenerRule(rule);
  const alternateTarget =
    balanced === 'two'
      ? new ecs.AlternateTarget('Alternate', { alternateTargetGroup: green, productionListener })
      : undefined;
  blue.addTarget(service.loadBalancerTarget({ containerName: 'web', containerPort: 80, alternateTarget }));
  return service;
}

export type TargetOf = (stack: Stack) => { readonly service: ecs.IBaseService; readonly options?: EcsServiceOptions };

/** A pipeline that builds an image and releases it to one environment, with the service in a separate stack. */
export function nativeApp(target: TargetOf = (stack) => ({ service: nativeService(stack) }), env = HOME) {
  const app = newApp();
  const serviceStack = new Stack(app, 'Service', { env });
  const { service, options } = target(serviceStack);
  const stack = new Stack(app, 'Shop', { env: HOME });
  const repository = ecr.Repository.fromRepositoryName(stack, 'Images', 'acme/api');
  new MultiEnvPromotionPipeline(stack, 'Api', {
    source: PipelineSource.gitHub('acme/api', 'main'),
    buildStep: BuildStep.dockerImage(repository),
    environments: [new DeploymentEnvironment('live', { target: DeployTarget.ecsService(service, options) })],
  });
  return { app, stack, serviceStack };
}

/** The templates of the pipeline, and of what its environment consists of. */
export function nativeTemplates(
  target?: TargetOf,
  env = HOME,
): { readonly pipeline: CfnTemplate; readonly environment: CfnTemplate } {
  const { app, stack, serviceStack } = nativeApp(target, env);
  const others = app.node.children.filter(
    (one): one is Stack => one instanceof Stack && one !== stack && one !== serviceStack,
  );
  const place = others.find((one) => one.account === env.account && one.region === env.region);
  return { pipeline: jsonOf(stack), environment: jsonOf(env === HOME ? stack : place!) };
}

/** A text of a template, with what CloudFormation will know. */
export function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[key, inner]] = Object.entries(value as Record<string, unknown>);
  if (key === 'Ref' && inner === 'AWS::Partition') return 'aws';
  if (key === 'Fn::Join') return (inner as [string, unknown[]])[1].map(textIn).join((inner as [string, unknown[]])[0]);
  if (key === 'Fn::Sub' && typeof inner === 'string') return inner.replace(/\$\{AWS::Partition\}/g, 'aws');
  return `<${JSON.stringify(value)}>`;
}
