import type { FailureHandling } from '../../conditions/failure-handling';
import type { EntryCondition, SuccessCondition } from '../../conditions/stage-conditions';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';

/** Options of every {@link PipelineStage}. */
export interface PipelineStageOptions {
  /**
   * Why nothing enters the stage: the transition into it is made disabled, with this reason of at most 300 letters, digits, spaces and `!@().*?-`.
   * Runs wait before the stage, the newest taking the place of the older ones, until somebody enables the transition in the console; the next
   * deployment of the stack with this prop disables it again.
   *
   * @default - the transition is enabled
   */
  readonly transitionDisabledReason?: string;
}

/** Options of {@link PipelineStage.ofSteps}. */
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
 * Options of {@link PipelineStage.environment} and {@link PipelineStage.wave}. What must hold before and after, and what happens when it fails, is
 * said of the environment or the wave.
 */
export interface EnvironmentStageOptions extends PipelineStageOptions {
  /**
   * What is released.
   *
   * @default - the artifact of the first build in the stages before; without a build, that of the first source
   */
  readonly artifact?: PipelineArtifact;
}
