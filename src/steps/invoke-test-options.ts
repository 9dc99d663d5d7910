import type { PipelineStep } from './pipeline-step';

/** Options of tests that invoke a function or a state machine. */
export interface InvokeTestOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete.
   *
   * @default 'Test'
   */
  readonly stepName?: string;

  /**
   * Steps of the same stage that must succeed before this step starts, in addition to those whose artifacts or
   * variables it uses.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];

  /**
   * Produces an artifact for later steps: `step.artifact`.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;
}
