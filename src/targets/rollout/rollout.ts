import type { Duration } from 'aws-cdk-lib';
import { type RolloutOptions, planRollout, type RolloutContent, type RolloutPlan } from './plan';
import type { Problems } from '../../pipeline/problems';

/**
 * How traffic moves from the release before to the new one, whoever moves it. What a target cannot do is an error at
 * synth.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-types.html
 *
 * @example
 * declare const service: ecs.FargateService; // with the deployment controller CODE_DEPLOY
 * declare const controller: ServiceDeploymentController;
 * DeployTarget.ecsService(service, { deploymentController: controller, rollout: Rollout.canary(10, Duration.minutes(15)) });
 */
export class Rollout {
  /**
   * Tasks are replaced some at a time, within the bounds of the service (`minHealthyPercent`, `maxHealthyPercent`). Old
   * and new tasks serve side by side meanwhile. Nothing runs twice, so it costs nothing more; there is no moment at
   * which the new release is tested before users see it.
   */
  public static rolling(): Rollout {
    return new Rollout({ kind: 'rolling' });
  }

  /** The new release starts beside the old one; when it is healthy, all traffic is moved at once. */
  public static allAtOnce(options: RolloutOptions = {}): Rollout {
    return new Rollout({ kind: 'all-at-once', options });
  }

  /**
   * Some traffic is moved first, the rest after a while.
   *
   * @param percentage percent of the traffic that is moved first: a whole number from 1 to 99
   * @param wait how long until the rest follows: whole minutes, at most 48 hours
   */
  public static canary(percentage: number, wait: Duration, options: RolloutOptions = {}): Rollout {
    return new Rollout({ kind: 'canary', percentage, wait, options });
  }

  /**
   * Traffic is moved in equal steps.
   *
   * @param percentage percent of the traffic that each step moves: a whole number from 1 to 99
   * @param interval how long from one step to the next: whole minutes; all steps together take at most 48 hours
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
