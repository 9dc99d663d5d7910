import type { SourceOptions } from '../source-options';

/** Options of {@link PipelineSource.codeCommit}. */
export interface CodeCommitSourceOptions extends SourceOptions {
  /**
   * Builds clone the repository themselves and so have its history and tags. Only builds in CodeBuild can use such a source, and their
   * roles may then pull it.
   *
   * @default false, the files of the commit and nothing else
   */
  readonly fullClone?: boolean;
}
