import type { SourceOptions } from '../source-options';

/** Options of {@link PipelineSource.ecr}. */
export interface EcrSourceOptions extends SourceOptions {
  /**
   * The tag whose pushes start the pipeline. Must be concrete.
   *
   * @default 'latest'
   */
  readonly imageTag?: string;
}
