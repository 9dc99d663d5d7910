import type { aws_codedeploy as codedeploy } from 'aws-cdk-lib';
import {
  planDeploymentController,
  type DeploymentControllerConfig,
  type DeploymentControllerPlan,
} from './plan-deployment-controller';
import type { CodeDeployControllerOptions, CodeDeployGroupControllerOptions } from './deployment-controller-options';
import type { Problems } from '../../pipeline/problems';

/**
 * Service that shifts the traffic of an Amazon ECS service from the previous release to the new one.
 *
 * @example
 * declare const service: ecs.FargateService;
 * declare const blue: elbv2.ApplicationTargetGroup;
 * declare const green: elbv2.ApplicationTargetGroup;
 * declare const listener: elbv2.ApplicationListener;
 * DeployTarget.ecsService(service, {
 *   deploymentController: ServiceDeploymentController.codeDeploy({
 *     blueTargetGroup: blue,
 *     greenTargetGroup: green,
 *     listener,
 *   }),
 * });
 */
export class ServiceDeploymentController {
  /**
   * Shifts traffic with CodeDeploy, by a deployment group that is created for the environment. Requires a service with
   * the deployment controller `CODE_DEPLOY`.
   *
   * The group, its application and its role are created in the account and Region of the environment. CodeDeploy is
   * free of charge; the tasks of both releases are charged while both run.
   *
   * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html
   */
  public static codeDeploy(options: CodeDeployControllerOptions): ServiceDeploymentController {
    return new ServiceDeploymentController({ kind: 'code-deploy', options });
  }

  /**
   * Shifts traffic with CodeDeploy, by an existing deployment group. The strategy, the alarms and the rollback are
   * configured on the group, so `rollout` must not be set. The group is not changed.
   *
   * @param group a deployment group in the account and Region of the service. In another account or Region than the
   * pipeline, the group and its application require explicit names. If the configuration of an imported group is not
   * all at once, import it with its `deploymentConfig`: the action role may read this configuration only
   */
  public static codeDeployGroup(
    group: codedeploy.IEcsDeploymentGroup,
    options: CodeDeployGroupControllerOptions = {},
  ): ServiceDeploymentController {
    return new ServiceDeploymentController({ kind: 'deployment-group', group, options });
  }

  /**
   * Shifts traffic with ECS, by the `deploymentStrategy` of the service. Required for imported services; it is the
   * default for services of this app that have such a strategy.
   */
  public static ecs(): ServiceDeploymentController {
    return new ServiceDeploymentController({ kind: 'ecs' });
  }

  private constructor(private readonly content: DeploymentControllerConfig) {}

  /** @internal */
  public _plan(problems: Problems): DeploymentControllerPlan | undefined {
    return planDeploymentController(this.content, problems);
  }
}
