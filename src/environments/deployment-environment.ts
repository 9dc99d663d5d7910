import type { Environment } from 'aws-cdk-lib';
import { ReleaseDestination, type ReleaseDestinationOptions } from './release-destination';
import type { TestStep } from '../steps/test-step';
import type { DeployTarget } from '../targets/deploy-target';

/**
 * Options of {@link DeploymentEnvironment}.
 *
 * An environment in a {@link DeploymentWave} accepts only `target`, `env`, `existingAccess` and `tests`. The other
 * options belong to the wave.
 */
export interface DeploymentEnvironmentOptions extends ReleaseDestinationOptions {
  /**
   * Resource that releases are deployed to.
   *
   * @default - the default target of the pattern. `WebAppPipeline` has `DeployTarget.staticSite()`; the other patterns
   * require a target
   */
  readonly target?: DeployTarget;

  /**
   * Account and Region of the environment, e.g. `{ account: '222222222222', region: 'eu-west-1' }`.
   *
   * If the account or Region differs from that of the pipeline, a separate stack is created there. It contains the
   * action role that the pipeline assumes and the resources of the target. In this case, the account and Region of the
   * pipeline and of the environment must be concrete.
   *
   * @default - the account and Region of the pipeline
   */
  readonly env?: Environment;

  /**
   * Whether a {@link DeploymentAccess} creates the roles and resources of the environment, e.g. in an app of the team
   * that owns the account.
   *
   * If true, the pipeline creates no stack for the environment, and `pipelineName` is required.
   *
   * @default false - the pipeline creates them in a stack in the account and Region of the environment
   */
  readonly existingAccess?: boolean;

  /**
   * Tests that run after the deployment.
   *
   * If a test fails, the environment is rolled back to its last successful release, unless `onFailure` configures
   * otherwise. The name of the environment is appended to the names of the tests (`Test` becomes `Test-staging`), so
   * several environments can use the same tests. Artifacts, variables and `after` of a test refer to the tests of the
   * same environment.
   *
   * @default - no tests
   */
  readonly tests?: TestStep[];
}

/**
 * An environment that a pipeline deploys releases to, such as staging or production.
 *
 * Releases pass through the environments of a pipeline in the order of the list.
 *
 * An environment is a value; it creates no resources by itself. Its name is its identity: if you rename it, the
 * resources of a new environment are created and those of the old one are removed from the template. The bucket of a
 * static site is retained with its content.
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
   * @param environmentName 1 to 50 letters, digits, `_` and `-`, unique in the pipeline. Must not be a token, because
   * stage names and construct ids are derived from it
   */
  public constructor(environmentName: string, options: DeploymentEnvironmentOptions = {}) {
    super(environmentName);
    this.environmentName = environmentName;
    this._options = options ?? {};
  }
}
