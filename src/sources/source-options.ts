import type { GitConnection } from './connection/git-connection';

/** What every source can be told. */
export interface SourceOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete. Its artifact and, with `-vars` after it, the
   * namespace of its variables are named like it.
   *
   * @default 'Source'
   */
  readonly stepName?: string;
}

/** Options of a source in a git repository that a connection reads. */
export interface GitSourceOptions extends SourceOptions {
  /**
   * The connection to the provider.
   *
   * @default - a new one, which somebody must authorise once in the console ({@link GitConnection.pending})
   */
  readonly connection?: GitConnection;

  /**
   * Builds clone the repository themselves and so have its history, tags and submodules. Only builds in CodeBuild can use such a source,
   * and their roles may then
   * use the connection, for this repository alone.
   *
   * @default false, the files of the commit and nothing else
   */
  readonly fullClone?: boolean;
}

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

/** Options of {@link PipelineSource.ecr}. */
export interface EcrSourceOptions extends SourceOptions {
  /**
   * The tag whose pushes start the pipeline. Must be concrete.
   *
   * @default 'latest'
   */
  readonly imageTag?: string;
}
