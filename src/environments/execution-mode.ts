/**
 * Execution mode of a pipeline: how CodePipeline handles an execution that starts while another is in progress.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html
 */
export enum PipelineExecutionMode {
  /** An execution that waits for a stage is superseded by a newer one, and does not continue. */
  SUPERSEDED = 'SUPERSEDED',
  /** Executions are processed one after the other, and none is skipped. At most 50 executions can be queued. */
  QUEUED = 'QUEUED',
  /**
   * Executions run independently of each other, at most 50 at the same time. For pipelines of checks only: simultaneous
   * releases to one environment would interleave, and CodePipeline cannot roll back in this mode.
   */
  PARALLEL = 'PARALLEL',
}
