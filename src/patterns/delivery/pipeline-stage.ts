import type { PipelineStageContent } from './stage-content';
import type { ApprovalStageOptions, EnvironmentStageOptions, StepsStageOptions } from './stage-options';
import type { DeploymentEnvironment } from '../../environments/deployment-environment';
import type { DeploymentWave } from '../../environments/deployment-wave';
import type { Approval } from '../../environments/approval/approval';
import type { PipelineStep } from '../../steps/pipeline-step';

/**
 * A part of a {@link DeliveryPipeline} that ends before the next begins.
 *
 * It is a value and creates nothing by itself.
 *
 * @example
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [
 *     PipelineStage.ofSteps('Build', [BuildStep.nodeJs()]),
 *     PipelineStage.environment(new DeploymentEnvironment('production', { target: DeployTarget.staticSite() }), {
 *       transitionDisabledReason: 'Release freeze until 7 January',
 *     }),
 *   ],
 * });
 */
export class PipelineStage {
  /**
   * Steps that run at the same time, unless one uses an artifact or a variable of another or is told to come after it.
   *
   * @param stageName 1 to 100 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete
   * @param steps 1 to 50
   */
  public static ofSteps(stageName: string, steps: PipelineStep[], options: StepsStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'steps', name: stageName, steps, options });
  }

  /** A word of people, without which nothing passes. Environments bring approvals of their own. */
  public static approval(stageName: string, approval: Approval, options: ApprovalStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'approval', name: stageName, approval, options });
  }

  /**
   * An environment that releases go to: the stage `<name>-Approve` if somebody must approve, then the stage `<name>` with its deployment and
   * tests, which goes back to the last release that succeeded when one of them fails.
   */
  public static environment(environment: DeploymentEnvironment, options: EnvironmentStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'environment', destination: environment, options });
  }

  /**
   * Environments that releases go to at the same time: the stage `<name>-Approve` if somebody must approve, then the stage `<name>` with the
   * deployments and tests of all of them, which goes back to the last release that succeeded when one of them fails.
   */
  public static wave(wave: DeploymentWave, options: EnvironmentStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'wave', destination: wave, options });
  }

  private constructor(
    /** @internal */
    public readonly _content: PipelineStageContent,
  ) {}
}
