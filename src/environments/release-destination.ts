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
   * Whether the change sets of all stacks are created before the approval, so that they can be reviewed. They are
   * executed after it. The approval then belongs to the deployment stage, which no other release enters meanwhile.
   *
   * The stage has no automatic rollback or retry, because a rejected approval fails it, too, and because a change set
   * can be executed only once. CloudFormation still rolls back a stack whose update fails. A manual rollback of the
   * stage creates change sets of the earlier release, and requests the approval again. Assets of a CDK app are
   * published before the approval. A stack must not import values of another one in the same stage of a CDK app.
   *
   * @default false
   * @see
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/continuous-delivery-codepipeline-basic-walkthrough.html
   */
  readonly reviewChangeSets?: boolean;

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
   * @default FailureHandling.rollBack(), or FailureHandling.none() with `reviewChangeSets`
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
