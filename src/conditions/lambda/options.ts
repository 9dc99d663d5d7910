import type { GateOptions } from '../gate-options';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';

/** Options of {@link Gate.lambdaFunction}. */
export interface LambdaGateOptions extends GateOptions {
  /**
   * What the function is told, as a JSON object in `UserParameters`; together at most 1000 characters. They stand in the template and in the event:
   * never put a secret here. On the success of an environment, what it tells of itself is added, e.g. `SITE_URL`.
   *
   * @default - nothing besides that
   */
  readonly parameters?: { [name: string]: string };

  /**
   * The artifacts that it is told of, at most 5.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];
}
