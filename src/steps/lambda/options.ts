import type { InvokeTestOptions } from '../invoke-test-options';
import type { PipelineArtifact } from '../pipeline-artifact';

/** Options of {@link TestStep.lambdaFunction}. */
export interface LambdaTestOptions extends InvokeTestOptions {
  /**
   * The artifacts that it is told of, at most 5. The event holds their places and credentials to read them.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];

  /**
   * What the function is told, as a JSON object in `UserParameters`; together at most 1000 characters. They stand in the template and in the
   * event: never put a secret here. What the environment tells of itself that the step tests is added, e.g. `SITE_URL`.
   *
   * @default - nothing besides that
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Names of the variables that the function returns in `outputVariables` and that later steps may use, as `step.variable('NAME')`.
   *
   * @default - any name is taken for one
   */
  readonly exportedVariables?: string[];
}
