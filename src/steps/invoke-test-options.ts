import type { PipelineStep } from './pipeline-step';

/** What every step can be told that calls something of yours. */
export interface InvokeTestOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete.
   *
   * @default 'Test'
   */
  readonly stepName?: string;

  /**
   * Steps of the same stage that must succeed before this one starts, besides those whose artifacts and variables it
   * uses.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];

  /**
   * It makes files for later steps, as `step.artifact`.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;
}
