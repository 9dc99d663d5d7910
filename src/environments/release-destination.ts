import type { Approval } from './approval/approval';
import type { FailureHandling } from '../conditions/failure-handling';
import type { EntryCondition, SuccessCondition } from '../conditions/stage-conditions';

/** Options that environments and waves have in common. */
export interface ReleaseDestinationOptions {
  /**
   * Whether this is a production environment. By default, a production environment requires a manual approval.
   *
   * The name of the environment has no influence.
   *
   * @default - true for the last environment or wave of the pipeline if none sets this option, otherwise false
   */
  readonly production?: boolean;

  /**
   * Approval that is required before the deployment.
   *
   * @default - `Approval.manual()` for production that is not the first environment or wave of the pipeline, otherwise
   * `Approval.none()`. A single environment or wave has no approval
   */
  readonly approval?: Approval;

  /**
   * Condition for a release to enter the deployment stage.
   *
   * It is evaluated after the approvals, once per execution. According to the AWS documentation, it is not evaluated
   * again for a rollback.
   *
   * @default - no condition
   */
  readonly beforeEntry?: EntryCondition;

  /**
   * Condition that is evaluated after deployment and tests have succeeded, e.g. that no alarm fires for 30 minutes.
   *
   * @default - no condition: the release has succeeded when its deployment and tests have
   */
  readonly onSuccess?: SuccessCondition;

  /**
   * Action of CodePipeline if the deployment or a test fails.
   *
   * @default FailureHandling.rollBack()
   */
  readonly onFailure?: FailureHandling;
}

/**
 * A destination of releases: a {@link DeploymentEnvironment}, or a {@link DeploymentWave} of several environments that
 * are deployed to at the same time.
 *
 * Releases pass through the destinations of a pipeline in the order of the list.
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
