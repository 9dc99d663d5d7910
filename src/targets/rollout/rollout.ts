import type { Duration } from 'aws-cdk-lib';
import { type RolloutOptions, planRollout, type RolloutContent, type RolloutPlan } from './plan';
import type { Problems } from '../../pipeline/problems';

/**
 * Deployment strategy of an Amazon ECS service: how traffic shifts from the previous release to the new one. A strategy
 * that the service does not support is an error at synth.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-types.html
 *
 * @example
 * declare const service: ecs.FargateService; // with the deployment controller CODE_DEPLOY
 * declare const controller: ServiceDeploymentController;
 * DeployTarget.ecsService(service, {
 *   deploymentController: controller,
 *   rollout: Rollout.canary(10, Duration.minutes(15)),
 * });
 */
export class Rollout {
  /**
   * Replaces tasks in batches, within the limits of the service (`minHealthyPercent`, `maxHealthyPercent`). Old and new
   * tasks serve traffic at the same time. There is no second set of tasks, so there is no additional cost, and the new
   * release cannot be tested before it receives production traffic.
   */
  public static rolling(): Rollout {
    return new Rollout({ kind: 'rolling' });
  }

  /** Starts the new release beside the old one, and shifts all traffic at once when it is healthy. */
  public static allAtOnce(options: RolloutOptions = {}): Rollout {
    return new Rollout({ kind: 'all-at-once', options });
  }

  /**
   * Shifts a part of the traffic first, and the rest after a wait time.
   *
   * @param percentage percentage of the traffic that shifts first: a whole number from 1 to 99
   * @param wait time until the rest shifts: whole minutes, at most 48 hours
   */
  public static canary(percentage: number, wait: Duration, options: RolloutOptions = {}): Rollout {
    return new Rollout({ kind: 'canary', percentage, wait, options });
  }

  /**
   * Shifts the traffic in equal steps.
   *
   * @param percentage percentage of the traffic that shifts in each step: a whole number from 1 to 99
   * @param interval time between two steps: whole minutes; all steps together take at most 48 hours
   */
  public static linear(percentage: number, interval: Duration, options: RolloutOptions = {}): Rollout {
    return new Rollout({ kind: 'linear', percentage, interval, options });
  }

  private constructor(private readonly content: RolloutContent) {}

  /** @internal */
  public _plan(problems: Problems): RolloutPlan {
    return planRollout(this.content, problems);
  }
}
