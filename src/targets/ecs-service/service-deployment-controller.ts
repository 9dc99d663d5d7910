import type { aws_codedeploy as codedeploy } from 'aws-cdk-lib';
import { planTraffic, type TrafficContent, type TrafficPlan } from './plan-deployment-controller';
import type { CodeDeployControllerOptions, CodeDeployGroupControllerOptions } from './deployment-controller-options';
import type { Problems } from '../../pipeline/problems';

/**
 * Who moves the traffic of a service of Amazon ECS from the release before to the new one, and with what.
 *
 * @example
 * declare const service: ecs.FargateService;
 * declare const blue: elbv2.ApplicationTargetGroup;
 * declare const green: elbv2.ApplicationTargetGroup;
 * declare const listener: elbv2.ApplicationListener;
 * DeployTarget.ecsService(service, {
 *   deploymentController: ServiceDeploymentController.codeDeploy({ blueTargetGroup: blue, greenTargetGroup: green, listener }),
 * });
 */
export class ServiceDeploymentController {
  /**
   * CodeDeploy, by a deployment group that is made for the environment. For services with the deployment controller
   * `CODE_DEPLOY`.
   *
   * The group, its application and its role are made where the environment is. CodeDeploy costs nothing; two releases
   * beside each other cost what two cost.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html
   */
  public static codeDeploy(options: CodeDeployControllerOptions): ServiceDeploymentController {
    return new ServiceDeploymentController({ kind: 'code-deploy', options });
  }

  /**
   * CodeDeploy, by a deployment group that exists. How traffic moves is said there, and so are alarms and what is taken
   * back: `rollout` must be left out. Nothing of the group is changed.
   *
   * @param group of the account and region of the service. Elsewhere than the pipeline its names and that of its
   * application must be known. One that was looked up must say its `deploymentConfig`, if that is not all at once: the
   * environment may read no other
   */
  public static codeDeployGroup(
    group: codedeploy.IEcsDeploymentGroup,
    options: CodeDeployGroupControllerOptions = {},
  ): ServiceDeploymentController {
    return new ServiceDeploymentController({ kind: 'deployment-group', group, options });
  }

  /**
   * ECS itself, as the service says (`deploymentStrategy`). To be said of services that were looked up; it is known of
   * those of this app.
   */
  public static ecs(): ServiceDeploymentController {
    return new ServiceDeploymentController({ kind: 'ecs' });
  }

  private constructor(private readonly content: TrafficContent) {}

  /** @internal */
  public _plan(problems: Problems): TrafficPlan | undefined {
    return planTraffic(this.content, problems);
  }
}
