import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { RolloutHooks } from '../rollout/plan';

/** Options of {@link ServiceDeploymentController.codeDeploy}: the resources with which CodeDeploy shifts traffic. */
export interface CodeDeployControllerOptions {
  /** Target group that the service is registered with. */
  readonly blueTargetGroup: elbv2.ITargetGroup;

  /** Second target group like the first, without targets. Deployments alternate between the two. */
  readonly greenTargetGroup: elbv2.ITargetGroup;

  /**
   * Production listener. CodeDeploy updates its default action, and its rules that forward to one of the two target
   * groups.
   */
  readonly listener: elbv2.IListener;

  /**
   * Listener on another port, which forwards to the new release before production traffic shifts.
   *
   * @default - no test listener
   */
  readonly testListener?: elbv2.IListener;
}

/** Options of {@link ServiceDeploymentController.codeDeployGroup}. */
export interface CodeDeployGroupControllerOptions {
  /**
   * Lambda functions that validate the deployment. The service role of the group must have permission to invoke them.
   *
   * @default - no hooks
   */
  readonly hooks?: RolloutHooks;
}
