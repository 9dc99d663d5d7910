import type { DeploymentEnvironment } from './deployment-environment';
import { ReleaseDestination, type ReleaseDestinationOptions } from './release-destination';

/** Options of {@link DeploymentWave}. */
export interface DeploymentWaveOptions extends ReleaseDestinationOptions {
  /**
   * How many environments are released to at the same time: the most that a bad release can reach before it is noticed.
   * The first so many of the list begin; the next so many begin when all deployments and tests of those have succeeded,
   * and not at all when one has failed.
   *
   * A whole number, at least 1. Must be concrete.
   *
   * @default - all environments of the wave
   */
  readonly maxParallel?: number;
}

/**
 * Environments that a release goes to at the same time, such as the regions of a continent.
 *
 * A wave is one stage, after the stage `<name>-Approve` when somebody must approve. Its environments are let in,
 * released to and taken back together: when a deployment, a test or what must hold on success fails, all of them go
 * back to the last release that succeeded in the whole wave. So approval, conditions and failure handling are said of
 * the wave, not of the environments in it.
 *
 * A wave whose environments and tests need more than 50 actions is refused: spread its environments over more waves.
 * Waves come one after the other, in the order of the list that they stand in; what must hold on the success of one is
 * the bake before the next.
 *
 * It is a value and creates nothing by itself. What is released to belongs to the environments, so renaming a wave
 * replaces only what its gates need; the renamed stage has no earlier release to go back to until it has succeeded
 * once.
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
   * @param waveName 1 to 50 letters, digits, `_` and `-`, that no environment and no other stage of the pipeline has.
   * Must be concrete
   * @param environments at least one. They may say where they are, what they deploy and how it is tested; everything
   * else is said of the wave
   */
  public constructor(waveName: string, environments: DeploymentEnvironment[], options: DeploymentWaveOptions = {}) {
    super(waveName);
    this.waveName = waveName;
    this._environments = environments;
    this._options = options ?? {};
  }
}
