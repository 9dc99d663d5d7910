import { GitConnection } from './git-connection';
import type { ActionPlan } from '../plan/pipeline-plan';
import { namespaceOf } from '../plan/variables';

/** Options of {@link PipelineSource.gitHub}. */
export interface GitHubSourceOptions {
  /**
   * The connection to GitHub.
   *
   * @default - a new one, which somebody must authorise once in the console ({@link GitConnection.pending})
   */
  readonly connection?: GitConnection;
}

/**
 * Where the code comes from.
 *
 * A push to the branch starts the pipeline, with exactly the commit that was pushed. CodePipeline learns of it by an event of the
 * connection, never by polling.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 * });
 */
export class PipelineSource {
  /**
   * A branch of a repository on GitHub.com, read through a connection.
   *
   * @param repository `owner/repository`, in the same case as on GitHub. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitHub(repository: string, branch: string, options: GitHubSourceOptions = {}): PipelineSource {
    return PipelineSource.connection('GitHub', repository, branch, options.connection);
  }

  private static connection(providerType: string, repository: string, branch: string, connection = GitConnection.pending()): PipelineSource {
    return new PipelineSource((name) => ({
      name,
      provider: 'connection',
      runOrder: 1,
      inputs: [],
      outputs: [name],
      namespace: namespaceOf(name),
      configuration: { FullRepositoryId: repository, BranchName: branch, OutputArtifactFormat: 'CODE_ZIP', DetectChanges: 'true' },
      work: { kind: 'connection-source', connection: connection._plan(providerType), repository, branch },
    }));
  }

  private constructor(private readonly plan: (name: string) => ActionPlan) {}

  /** @internal */
  public _plan(name: string): ActionPlan {
    return this.plan(name);
  }
}
