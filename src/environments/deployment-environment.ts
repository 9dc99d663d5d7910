import type { Environment } from 'aws-cdk-lib';
import { ReleaseDestination, type ReleaseDestinationOptions } from './release-destination';
import type { TestStep } from '../steps/test-step';
import type { DeployTarget } from '../targets/deploy-target';

/**
 * Options of {@link DeploymentEnvironment}. In a {@link DeploymentWave} it has `target`, `env` and `tests` only; the
 * rest is said of the wave.
 */
export interface DeploymentEnvironmentOptions extends ReleaseDestinationOptions {
  /**
   * Where releases go.
   *
   * @default - what the pattern deploys to unasked; for `WebAppPipeline` that is `DeployTarget.staticSite()`
   */
  readonly target?: DeployTarget;

  /**
   * Account and region, as in `{ account: '222222222222', region: 'eu-west-1' }`. One that is elsewhere gets a stack of
   * its own there, with the role that the pipeline takes on and with what the target makes; then the account and region
   * of both must be concrete.
   *
   * @default - those of the pipeline
   */
  readonly env?: Environment;

  /**
   * What the environment needs is made there by a {@link DeploymentAccess} of its own, e.g. by the team that owns the
   * account, in another app. The pipeline then makes no stack for it, and must have a `pipelineName`.
   *
   * @default false - the pipeline makes it, in a stack of that account and region
   */
  readonly existingAccess?: boolean;

  /**
   * Tests of the release, after its deployment. One that fails takes the release back to the last one that succeeded,
   * unless `onFailure` says otherwise. The name of the environment is added to theirs (`Test` becomes `Test-staging`),
   * so the same tests may stand in several environments. Artifacts, variables and `after` between tests of one
   * environment mean the one beside them.
   *
   * @default - none
   */
  readonly tests?: TestStep[];
}

/**
 * A place that a pipeline releases to, such as staging or production.
 *
 * It is a value and creates nothing by itself; its identity is its name, so renaming it makes a new environment and
 * takes the old one out of the template (a site's bucket stays behind, with its content). Releases pass through the
 * environments in their order.
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
export class DeploymentEnvironment extends ReleaseDestination {
  /** Name of the environment. */
  public readonly environmentName: string;

  /** @internal */
  public readonly _options: DeploymentEnvironmentOptions;

  /**
   * @param environmentName 1 to 50 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete: stages and
   * ids are made of it
   */
  public constructor(environmentName: string, options: DeploymentEnvironmentOptions = {}) {
    super(environmentName);
    this.environmentName = environmentName;
    this._options = options ?? {};
  }
}
