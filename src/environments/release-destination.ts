import type { Approval } from './approval/approval';
import type { FailureHandling } from '../conditions/failure-handling';
import type { EntryCondition, SuccessCondition } from '../conditions/stage-conditions';

/** What can be said of every place that releases go to, be it an environment or a wave of several. */
export interface ReleaseDestinationOptions {
  /**
   * Real users depend on it. Never guessed from the name.
   *
   * @default - true for the last environment or wave of a pipeline when none is marked, otherwise false
   */
  readonly production?: boolean;

  /**
   * Who lets a release in.
   *
   * @default - people, when this is production and not the first of the pipeline; otherwise nobody. A lone environment
   * or wave has no approval
   */
  readonly approval?: Approval;

  /**
   * What must hold before the deployment begins: after approvals, looked at once for each run. A rollback does not look
   * at it again, as far as AWS tells.
   *
   * @default - nothing
   */
  readonly beforeEntry?: EntryCondition;

  /**
   * What must hold after deployment and tests, such as alarms that stay quiet for half an hour.
   *
   * @default - nothing: the release is good when deployment and tests have succeeded
   */
  readonly onSuccess?: SuccessCondition;

  /**
   * What happens when deployment or tests fail.
   *
   * @default FailureHandling.rollBack()
   */
  readonly onFailure?: FailureHandling;
}

/**
 * Where releases go, one after the other: a {@link DeploymentEnvironment}, or a {@link DeploymentWave} of several at
 * the same time.
 *
 * Releases pass through the destinations of a pipeline in the order in which they are listed, so no order can go in a
 * circle.
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging'),
 *     new DeploymentWave('production', [new DeploymentEnvironment('shop'), new DeploymentEnvironment('outlet')]),
 *   ],
 * });
 */
export abstract class ReleaseDestination {
  /**
   * Name of its stage.
   *
   * @internal
   */
  public readonly _name: string;

  /** @internal */
  public abstract readonly _options: ReleaseDestinationOptions;

  protected constructor(name: string) {
    this._name = name;
  }
}
