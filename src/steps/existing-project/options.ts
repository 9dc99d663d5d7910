import type { StepOptions } from '../pipeline-step';

/** Options of {@link BuildStep.project}. */
export interface ExistingProjectOptions extends StepOptions {
  /**
   * The project runs the batch that its buildspec describes. It needs a batch configuration with a role of its own.
   *
   * @default false
   */
  readonly batch?: boolean;

  /**
   * Environment variables that go before those of the project. They stand in the template as they are: never put a secret here. Ids and digests of
   * earlier steps are filled in at each run.
   *
   * @default - those of the project
   */
  readonly environmentVariables?: { [name: string]: string };

  /**
   * The variables under `exported-variables` in its buildspec that later steps may use, as `step.variable('NAME')`.
   *
   * @default - none
   */
  readonly exportedVariables?: string[];

  /**
   * Its buildspec has `artifacts`, for later steps.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;

  /**
   * Names of further artifacts. Its buildspec must list them below `secondary-artifacts` as `<step>_<name>`, and the artifact of the step itself as
   * `<step>`.
   *
   * @default - none
   */
  readonly outputNames?: string[];
}
