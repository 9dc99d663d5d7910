import type { FailureHandling } from '../../conditions/failure-handling';
import type { EntryCondition, SuccessCondition } from '../../conditions/stage-conditions';
import type { Approval } from '../../environments/approval/approval';
import type { DeploymentEnvironment } from '../../environments/deployment-environment';
import type { DeploymentWave } from '../../environments/deployment-wave';
import type { ReleaseDestination } from '../../environments/release-destination';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import type { PipelineStep } from '../../steps/pipeline-step';

/** Options of every {@link PipelineStage}. */
export interface PipelineStageOptions {
  /**
   * Why nothing enters the stage: the transition into it is made disabled, with this reason of at most 300 letters,
   * digits, spaces and `!@().*?-`. Runs wait before the stage, the newest taking the place of the older ones, until
   * somebody enables the transition in the console; the next deployment of the stack with this prop disables it again.
   *
   * @default - the transition is enabled
   */
  readonly transitionDisabledReason?: string;
}

/** Options of {@link PipelineStage.steps}. */
export interface StepsStageOptions extends PipelineStageOptions {
  /**
   * What must hold before the first step begins.
   *
   * @default - nothing
   */
  readonly beforeEntry?: EntryCondition;

  /**
   * What must hold after all steps have succeeded.
   *
   * @default - nothing
   */
  readonly onSuccess?: SuccessCondition;

  /**
   * What happens when a step fails.
   *
   * @default FailureHandling.none()
   */
  readonly onFailure?: FailureHandling;
}

/** Options of {@link PipelineStage.approval}. */
export interface ApprovalStageOptions extends PipelineStageOptions {
  /**
   * What must hold for anybody to be asked.
   *
   * @default - nothing
   */
  readonly beforeEntry?: EntryCondition;
}

/**
 * Options of {@link PipelineStage.environment} and {@link PipelineStage.wave}. What must hold before and after, and
 * what happens when it fails, is said of the environment or the wave.
 */
export interface EnvironmentStageOptions extends PipelineStageOptions {
  /**
   * What is released.
   *
   * @default - the artifact of the first build in the stages before; without a build, that of the first source
   */
  readonly artifact?: PipelineArtifact;
}

/**
 * A part of a {@link DeliveryPipeline} that ends before the next begins.
 *
 * It is a value and creates nothing by itself.
 *
 * @example
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [
 *     PipelineStage.steps('Build', [BuildStep.nodeJs()]),
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
  public static steps(stageName: string, steps: PipelineStep[], options: StepsStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'steps', name: stageName, steps, options });
  }

  /** A word of people, without which nothing passes. Environments bring approvals of their own. */
  public static approval(stageName: string, approval: Approval, options: ApprovalStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'approval', name: stageName, approval, options });
  }

  /**
   * An environment that releases go to: the stage `<name>-Approve` if somebody must approve, then the stage `<name>`
   * with its deployment and tests, which goes back to the last release that succeeded when one of them fails.
   */
  public static environment(environment: DeploymentEnvironment, options: EnvironmentStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'environment', destination: environment, options });
  }

  /**
   * Environments that releases go to at the same time: the stage `<name>-Approve` if somebody must approve, then the
   * stage `<name>` with the deployments and tests of all of them, which goes back to the last release that succeeded
   * when one of them fails.
   */
  public static wave(wave: DeploymentWave, options: EnvironmentStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'wave', destination: wave, options });
  }

  private constructor(
    /** @internal */
    public readonly _content: PipelineStageContent,
  ) {}
}

/** Describes a stage as the user configures it. */
export type PipelineStageContent =
  | {
      readonly kind: 'steps';
      readonly name: string;
      readonly steps: readonly PipelineStep[];
      readonly options: StepsStageOptions;
    }
  | {
      readonly kind: 'approval';
      readonly name: string;
      readonly approval: Approval;
      readonly options: ApprovalStageOptions;
    }
  | {
      readonly kind: 'environment' | 'wave';
      readonly destination: ReleaseDestination;
      readonly options: EnvironmentStageOptions;
    };
