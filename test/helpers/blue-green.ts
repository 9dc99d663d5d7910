import {
  aws_cloudwatch as cloudwatch,
  aws_codedeploy as codedeploy,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_lambda as lambda,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { serviceIn, servicesNear } from './services';
import { ServiceDeploymentController } from '../../src';

export const CODE_DEPLOY = { deploymentController: { type: ecs.DeploymentControllerType.CODE_DEPLOY } };

/** A service of this app whose traffic CodeDeploy may move, and all that it moves it with. */
export function blueGreenIn(stack: Stack, id: string, containers?: readonly string[]) {
  const service = serviceIn(stack, id, CODE_DEPLOY, containers);
  const balancer = new elbv2.ApplicationLoadBalancer(stack, `${id}Balancer`, {
    vpc: service.cluster.vpc,
    internetFacing: true,
  });

  function group(color: string) {
    return new elbv2.ApplicationTargetGroup(stack, `${id}${color}`, {
      vpc: service.cluster.vpc,
      port: 80,
      targetType: elbv2.TargetType.IP,
    });
  }

  const blueTargetGroup = group('Blue');
  const greenTargetGroup = group('Green');
  blueTargetGroup.addTarget(service);

  function listen(port: number) {
    return balancer.addListener(`Port${port}`, {
      port,
      protocol: elbv2.ApplicationProtocol.HTTP,
      defaultTargetGroups: [blueTargetGroup],
    });
  }

  const listener = listen(80);
  const testListener = listen(8080);
  const alarm = new cloudwatch.Alarm(stack, `${id}Alarm`, {
    alarmName: `${id}-errors`,
    metric: balancer.metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT),
    threshold: 1,
    evaluationPeriods: 1,
  });
  const hook = new lambda.Function(stack, `${id}Hook`, {
    functionName: `${id}-hook`,
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
  const sides = { blueTargetGroup, greenTargetGroup, listener };
  return {
    service,
    balancer,
    sides,
    testListener,
    alarm,
    hook,
    traffic: ServiceDeploymentController.codeDeploy({ ...sides, testListener }),
  };
}

/** The same behind a Network Load Balancer. */
export function networkIn(stack: Stack, id: string) {
  const service = serviceIn(stack, id, CODE_DEPLOY);
  const balancer = new elbv2.NetworkLoadBalancer(stack, `${id}Balancer`, { vpc: service.cluster.vpc });

  function group(color: string) {
    return new elbv2.NetworkTargetGroup(stack, `${id}${color}`, {
      vpc: service.cluster.vpc,
      port: 80,
      targetType: elbv2.TargetType.IP,
    });
  }

  const blueTargetGroup = group('Blue');
  blueTargetGroup.addTarget(service);
  const listener = balancer.addListener('Port80', { port: 80, defaultTargetGroups: [blueTargetGroup] });
  const sides = { blueTargetGroup, greenTargetGroup: group('Green'), listener };
  return { service, sides, traffic: ServiceDeploymentController.codeDeploy(sides) };
}

/** A deployment group that the user made, with the policy of AWS. */
export function groupIn(
  stack: Stack,
  { service, sides }: Pick<ReturnType<typeof blueGreenIn>, 'service' | 'sides'>,
  names: codedeploy.EcsDeploymentGroupProps['deploymentGroupName'] = 'theirs',
) {
  return new codedeploy.EcsDeploymentGroup(stack, 'Theirs', {
    application: new codedeploy.EcsApplication(stack, 'TheirApplication', { applicationName: names }),
    deploymentGroupName: names,
    service,
    blueGreenDeploymentConfig: sides,
  });
}

const made = new WeakMap<Stack, Map<string, unknown>>();

/** In the account and region of the pipeline; made once, like the service. */
function onceNear<T>(near: Construct, id: string, make: (stack: Stack, id: string) => T): T {
  const stack = servicesNear(near);
  const before = made.get(stack) ?? new Map<string, unknown>();
  made.set(stack, before);
  const one = (before.get(id) as T | undefined) ?? make(stack, id);
  before.set(id, one);
  return one;
}

export function blueGreenNear(near: Construct, id: string) {
  return onceNear(near, id, blueGreenIn);
}
export function networkNear(near: Construct, id: string) {
  return onceNear(near, id, networkIn);
}

/** An imported deployment group. */
export function groupSeen(near: Construct) {
  return onceNear(near, 'group', (stack): codedeploy.IEcsDeploymentGroup =>
    codedeploy.EcsDeploymentGroup.fromEcsDeploymentGroupAttributes(stack, 'SeenGroup', {
      application: codedeploy.EcsApplication.fromEcsApplicationName(stack, 'SeenApplication', 'theirs'),
      deploymentGroupName: 'theirs',
    }),
  );
}
