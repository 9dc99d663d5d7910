import type { StepOptions } from '../pipeline-step';

/** Options of {@link BuildStep.jenkins}. */
export interface JenkinsOptions extends StepOptions {
  /**
   * Name of the provider, as the CodePipeline plugin of your Jenkins and the action type in your account have it: 1 to 35 letters, digits, `_` and
   * `-`.
   */
  readonly providerName: string;

  /**
   * Version of the action type: 1 to 9 letters, digits, `_` and `-`.
   *
   * @default '1'
   */
  readonly typeVersion?: string;

  /**
   * The job makes files for later steps.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;
}
