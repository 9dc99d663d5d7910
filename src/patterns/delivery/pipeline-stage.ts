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
   * Reason for disabling the transition into the stage: at most 300 letters, digits, spaces and `!@().*?-`.
   *
   * Executions wait before the stage until you enable the transition, e.g. in the console. A newer execution supersedes
   * a waiting one. The next deployment of the stack with this option disables the transition again.
   *
   * @default - the transition is enabled
   */
  readonly transitionDisabledReason?: string;
}

/** Options of {@link PipelineStage.steps}. */
export interface StepsStageOptions extends PipelineStageOptions {
  /**
   * Condition for an execution to enter the stage.
   *
   * @default - no condition
   */
  readonly beforeEntry?: EntryCondition;

  /**
   * Condition that is evaluated after all steps have succeeded.
   *
   * @default - no condition
   */
  readonly onSuccess?: SuccessCondition;

  /**
   * Action of CodePipeline if a step fails.
   *
   * @default FailureHandling.none()
   */
  readonly onFailure?: FailureHandling;
}

/** Options of {@link PipelineStage.approval}. */
export interface ApprovalStageOptions extends PipelineStageOptions {
  /**
   * Condition for an approval to be requested.
   *
   * @default - no condition
   */
  readonly beforeEntry?: EntryCondition;
}

/**
 * Options of {@link PipelineStage.environment} and {@link PipelineStage.wave}. Conditions and failure handling are
 * options of the environment or the wave.
 */
export interface EnvironmentStageOptions extends PipelineStageOptions {
  /**
   * Artifact that is deployed.
   *
   * @default - the artifact of the first build in the earlier stages, or of the first source if there is no build
   */
  readonly artifact?: PipelineArtifact;
}

/**
 * A stage of a {@link DeliveryPipeline}. The stages of a pipeline run one after the other.
 *
 * A stage is a value; it creates no resources by itself.
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
   * A stage with steps. They run at the same time, unless a step uses an artifact or a variable of another or names it
   * in its `after`.
   *
   * @param stageName 1 to 100 letters, digits, `_` and `-`, unique in the pipeline. Must not be a token
   * @param steps 1 to 50 steps
   */
  public static steps(stageName: string, steps: PipelineStep[], options: StepsStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'steps', name: stageName, steps, options });
  }

  /**
   * A manual approval stage. The approval of an environment is an option of the environment instead.
   *
   * @param stageName 1 to 100 letters, digits, `_` and `-`, unique in the pipeline. Must not be a token
   */
  public static approval(stageName: string, approval: Approval, options: ApprovalStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'approval', name: stageName, approval, options });
  }

  /**
   * The stages of an environment: `<name>-Approve` if the environment requires an approval, then `<name>` with its
   * deployment and tests. By default, the latter is rolled back to its last successful release if a step fails.
   */
  public static environment(environment: DeploymentEnvironment, options: EnvironmentStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'environment', destination: environment, options });
  }

  /**
   * The stages of a wave of environments: `<name>-Approve` if the wave requires an approval, then `<name>` with the
   * deployments and tests of all environments. By default, the latter is rolled back to its last successful release if
   * a step fails.
   */
  public static wave(wave: DeploymentWave, options: EnvironmentStageOptions = {}): PipelineStage {
    return new PipelineStage({ kind: 'wave', destination: wave, options });
  }

  private constructor(
    /** @internal */
    public readonly _content: PipelineStageContent,
  ) {}
}

/** Describes the configuration of a stage. */
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
