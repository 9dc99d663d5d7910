import { aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import type { CodeDeployTraffic } from '../plan-traffic';

type LoadBalancerType = 'application' | 'network';

/** Returns whether traffic is known to come from a Network Load Balancer. */
export function isNetworkLoadBalancer(traffic: CodeDeployTraffic): boolean {
  return Object.values(loadBalancerTypes(traffic)).includes('network');
}

/** Returns the type of the load balancer of each target group and listener, where it is known. */
export function loadBalancerTypes(traffic: CodeDeployTraffic): Readonly<Record<string, LoadBalancerType>> {
  const { blueTargetGroup, greenTargetGroup, listener, testListener } = traffic;
  const types = {
    blueTargetGroup: typeOfTargetGroup(blueTargetGroup),
    greenTargetGroup: typeOfTargetGroup(greenTargetGroup),
    listener: typeOfListener(listener),
    testListener: testListener && typeOfListener(testListener),
  };
  return Object.fromEntries(Object.entries(types).flatMap(([prop, type]) => (type ? [[prop, type]] : [])));
}

function typeOfTargetGroup(group: elbv2.ITargetGroup): LoadBalancerType | undefined {
  if (group instanceof elbv2.NetworkTargetGroup) return 'network';
  return group instanceof elbv2.ApplicationTargetGroup ? 'application' : undefined;
}

const ARN_PARTS: Readonly<Record<string, LoadBalancerType>> = { app: 'application', net: 'network' };

function typeOfListener(listener: elbv2.IListener): LoadBalancerType | undefined {
  if (listener instanceof elbv2.NetworkListener) return 'network';
  if (listener instanceof elbv2.ApplicationListener) return 'application';
  if (Token.isUnresolved(listener.listenerArn)) return undefined;
  const [, part = ''] = /:listener\/(app|net)\//.exec(listener.listenerArn) ?? [];
  return ARN_PARTS[part];
}

/** Returns whether two target groups are the same construct, or imported by the same ARN. */
export function isSameTargetGroup(a: elbv2.ITargetGroup, b: elbv2.ITargetGroup): boolean {
  return a === b || a.targetGroupArn === b.targetGroupArn;
}

/** Returns whether two listeners are the same construct, or imported by the same ARN. */
export function isSameListener(a: elbv2.IListener, b: elbv2.IListener): boolean {
  return a === b || a.listenerArn === b.listenerArn;
}
