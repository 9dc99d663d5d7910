import { aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import type { CodeDeployTrafficOptions } from './service-traffic';

/** Whether traffic comes from a Network Load Balancer, as far as that is known. */
export const isNetworkLoadBalancer = (traffic: CodeDeployTrafficOptions) =>
  Object.values(balancersOf(traffic)).includes(NETWORK);

/** The kind of load balancer that each part is of, as far as that is known. */
export const balancersOf = ({ blueTargetGroup, greenTargetGroup, listener, testListener }: CodeDeployTrafficOptions) =>
  Object.fromEntries(
    Object.entries({
      blueTargetGroup: kindOfGroup(blueTargetGroup),
      greenTargetGroup: kindOfGroup(greenTargetGroup),
      listener: kindOfListener(listener),
      testListener: testListener && kindOfListener(testListener),
    }).filter(([, kind]) => kind !== undefined),
  );

const APPLICATION = 'application';
const NETWORK = 'network';

const kindOfGroup = (group: elbv2.ITargetGroup) =>
  group instanceof elbv2.NetworkTargetGroup
    ? NETWORK
    : group instanceof elbv2.ApplicationTargetGroup
      ? APPLICATION
      : undefined;

function kindOfListener(listener: elbv2.IListener) {
  if (listener instanceof elbv2.NetworkListener) return NETWORK;
  if (listener instanceof elbv2.ApplicationListener) return APPLICATION;
  const [, kind] = Token.isUnresolved(listener.listenerArn)
    ? []
    : (/:listener\/(app|net)\//.exec(listener.listenerArn) ?? []);
  return kind === undefined ? undefined : kind === 'net' ? NETWORK : APPLICATION;
}

/** Whether two things are one: the same construct, or two that were looked up by the same name. */
export const isSame = (a: { readonly node: unknown }, b: { readonly node: unknown }, arnA: string, arnB: string) =>
  a === b || arnA === arnB;
