import type { aws_elasticloadbalancingv2 as elbv2 } from 'aws-cdk-lib';
import type { RolloutHooks } from '../rollout/plan';

/** What CodeDeploy moves the traffic of a service with. */
export interface CodeDeployControllerOptions {
  /** The target group that the service was made with. */
  readonly blueTargetGroup: elbv2.ITargetGroup;

  /** A second target group like it, with no targets. The two take turns. */
  readonly greenTargetGroup: elbv2.ITargetGroup;

  /**
   * The listener that users reach. CodeDeploy changes its default action, and the rules of it which send to one of the
   * two target groups.
   */
  readonly listener: elbv2.IListener;

  /**
   * A listener on another port, which sends to the new release before users see it.
   *
   * @default - none
   */
  readonly testListener?: elbv2.IListener;
}

/** Options of {@link ServiceDeploymentController.codeDeployGroup}. */
export interface CodeDeployGroupControllerOptions {
  /**
   * Functions that are asked whether to go on. The service role of the group must be allowed to invoke them.
   *
   * @default - none
   */
  readonly hooks?: RolloutHooks;
}
