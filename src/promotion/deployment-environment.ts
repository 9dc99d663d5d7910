import type { Environment } from 'aws-cdk-lib';
import type { Approval } from './approval';
import type { FailureHandling } from './failure-handling';
import type { EntryCondition, SuccessCondition } from './stage-conditions';
import type { TestStep } from '../build/test-step';
import type { DeployTarget } from '../deploy/deploy-target';

/** Options of {@link DeploymentEnvironment}. */
export interface DeploymentEnvironmentOptions {
  /**
   * Where releases go.
   *
   * @default - what the pattern deploys to unasked; for `WebAppPipeline` that is `DeployTarget.staticSite()`
   */
  readonly target?: DeployTarget;

  /**
   * Account and region, as in `{ account: '222222222222', region: 'eu-west-1' }`. One that is elsewhere gets a stack of its own there, with the
   * role that the pipeline takes on and with what the target makes; then the account and region of both must be concrete.
   *
   * @default - those of the pipeline
   */
  readonly env?: Environment;

  /**
   * What the environment needs is made there by a {@link DeploymentAccess} of its own, e.g. by the team that owns the account, in another app. The
   * pipeline then makes no stack for it, and must have a `pipelineName`.
   *
   * @default false - the pipeline makes it, in a stack of that account and region
   */
  readonly existingAccess?: boolean;

  /**
   * Real users depend on it. Never guessed from the name.
   *
   * @default - true for the last environment of a pipeline when none is marked, otherwise false
   */
  readonly production?: boolean;

  /**
   * Who lets a release in.
   *
   * @default - people, when this is a production environment and not the first of the pipeline; otherwise nobody. A lone environment
   * has no approval
   */
  readonly approval?: Approval;

  /**
   * Tests of the release, after its deployment. One that fails takes the release back to the last one that succeeded, unless `onFailure` says
   * otherwise. The name of the environment is
   * added to theirs (`Test` becomes `Test-staging`), so the same tests may stand in several environments. Artifacts, variables and `after` between
   * tests of one environment mean the one beside them.
   *
   * @default - none
   */
  readonly tests?: TestStep[];

  /**
   * What must hold before the deployment begins: after approvals, looked at once for each run. A rollback does not look at it again, as far as
   * AWS tells.
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
 * A place that a pipeline releases to, such as staging or production.
 *
 * It is a value and creates nothing by itself; its identity is its name, so renaming it makes a new environment and takes the old one
 * out of the template (a site's bucket stays behind, with its content). Releases pass through the environments in their order.
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging'),
 *     new DeploymentEnvironment('production'),
 *   ],
 * });
 */
export class DeploymentEnvironment {
  /** Name of the environment. */
  public readonly environmentName: string;

  /** @internal */
  public readonly _options: DeploymentEnvironmentOptions;

  /**
   * @param environmentName 1 to 50 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete: stages and ids are made of it
   */
  public constructor(environmentName: string, options: DeploymentEnvironmentOptions = {}) {
    this.environmentName = environmentName;
    this._options = options;
  }
}
