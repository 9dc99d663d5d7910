import { aws_elasticloadbalancingv2 as elbv2, Token } from 'aws-cdk-lib';
import type { CodeDeployTrafficOptions } from './service-traffic';

/** Whether traffic comes from a Network Load Balancer, as far as that is known. */
export const isNetworkLoadBalancer = ({ listener, blueTargetGroup, greenTargetGroup }: CodeDeployTrafficOptions) =>
  listener instanceof elbv2.NetworkListener || !Token.isUnresolved(listener.listenerArn) && listener.listenerArn.includes(':listener/net/')
  || [blueTargetGroup, greenTargetGroup].some((group) => group instanceof elbv2.NetworkTargetGroup);

/** Whether two things are one: the same construct, or two that were looked up by the same name. */
export const isSame = (a: { readonly node: unknown }, b: { readonly node: unknown }, arnA: string, arnB: string) => a === b || arnA === arnB;
