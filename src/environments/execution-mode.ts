/**
 * What happens when a run begins while another is in progress.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export enum PipelineExecutionMode {
  /** A run that waits for a stage gives its place to a newer one and never goes on. */
  SUPERSEDED = 'SUPERSEDED',
  /** Runs wait for each other and none is left out; 50 at most. */
  QUEUED = 'QUEUED',
  /**
   * Runs do not know of each other; 50 at most. Nothing can go back to an earlier release, so it excludes environments.
   */
  PARALLEL = 'PARALLEL',
}
