import type { GateOptions } from '../gate-options';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';

/** Options of {@link Gate.commands}. */
export interface CommandsGateOptions extends GateOptions {
  /**
   * The artifacts that the commands work on, at most 10.
   *
   * @default - the artifact of the first source
   */
  readonly inputs?: PipelineArtifact[];
}
