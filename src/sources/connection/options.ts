import type { GitConnection } from './git-connection';
import type { SourceOptions } from '../source-options';

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
