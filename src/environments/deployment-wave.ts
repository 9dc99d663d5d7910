import type { DeploymentEnvironment } from './deployment-environment';
import { ReleaseDestination, type ReleaseDestinationOptions } from './release-destination';

/** Options of {@link DeploymentWave}. */
export interface DeploymentWaveOptions extends ReleaseDestinationOptions {
  /**
   * Number of environments that are deployed to at the same time.
   *
   * It limits how many environments a faulty release can reach before it is detected. The environments are deployed to
   * in groups of this size, in the order of the list. The next group starts after all deployments and tests of the
   * previous group have succeeded, and does not start if one has failed.
   *
   * A whole number of at least 1. Must not be a token.
   *
   * @default - all environments of the wave
   */
  readonly maxParallel?: number;
}

/**
 * A group of environments that a release is deployed to at the same time, such as the Regions of a continent.
 *
 * A wave is a single stage, preceded by the stage `<name>-Approve` if it requires an approval. Its environments are
 * approved, deployed to and rolled back together: if a deployment, a test or the success condition fails, all of them
 * are rolled back to the last release that succeeded in the whole wave. Therefore you configure the approval,
 * conditions and failure handling of the wave, not of its environments.
 *
 * A pipeline deploys to its waves one after the other, in the order of the list. Use the success condition of a wave as
 * its bake time before the next wave. The environments and tests of a wave must not require more than 50 actions;
 * otherwise, distribute them over several waves.
 *
 * A wave is a value; it creates no resources by itself. Its resources belong to its environments, so renaming a wave
 * replaces only the resources of its gates. The renamed stage cannot roll back until it has succeeded once.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-requirements.html
 *
 * @example
 * declare const errors: cloudwatch.Alarm;
 * const berlin = new DeploymentEnvironment('berlin', { target: DeployTarget.cloudFormationStack('shop-berlin') });
 * const paris = new DeploymentEnvironment('paris', { target: DeployTarget.cloudFormationStack('shop-paris') });
 * const rome = new DeploymentEnvironment('rome', { target: DeployTarget.cloudFormationStack('shop-rome') });
 * const madrid = new DeploymentEnvironment('madrid', { target: DeployTarget.cloudFormationStack('shop-madrid') });
 * new MultiEnvPromotionPipeline(this, 'Shops', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   buildStep: BuildStep.shell(['make'], { outputDirectory: 'out' }),
 *   environments: [
 *     new DeploymentWave('pilot', [berlin], {
 *       onSuccess: SuccessCondition.rollBackUnless([Gate.alarmsHealthy([errors], { waitTime: Duration.hours(1) })]),
 *     }),
 *     new DeploymentWave('europe', [paris, rome, madrid], { maxParallel: 2 }),
 *   ],
 * });
 */
export class DeploymentWave extends ReleaseDestination {
  /** Name of the wave. */
  public readonly waveName: string;

  /** @internal */
  public readonly _environments: readonly DeploymentEnvironment[];

  /** @internal */
  public readonly _options: DeploymentWaveOptions;

  /**
   * @param waveName 1 to 50 letters, digits, `_` and `-`, unique among the environments and stages of the pipeline.
   * Must not be a token
   * @param environments at least one environment. Only the options `target`, `env`, `existingAccess` and `tests` are
   * allowed on them
   * @param options options of the wave as a whole
   */
  public constructor(waveName: string, environments: DeploymentEnvironment[], options: DeploymentWaveOptions = {}) {
    super(waveName);
    this.waveName = waveName;
    this._environments = environments;
    this._options = options ?? {};
  }
}
