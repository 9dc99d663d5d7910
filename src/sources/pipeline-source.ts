import type { aws_codecommit as codecommit, aws_ecr as ecr, aws_s3 as s3 } from 'aws-cdk-lib';
import { type CodeCommitSourceOptions, CodeCommitSource } from './code-commit/plan';
import { type GitSourceOptions, ConnectionSource } from './connection/plan';
import { type EcrSourceOptions, EcrSource } from './ecr/plan';
import { S3Source } from './s3/plan';
import type { SourceOptions, SourceContext, SourcePlanner, SourceStep } from './source-planner';
import type { ConnectionProviderId } from '../aws/connection-providers';
import { namespaceOf } from '../pipeline/variables';
import { PipelineStep } from '../steps/pipeline-step';
import type { ReleasedImage } from '../steps/built-image';

/**
 * A source of a pipeline: a Git repository, an S3 object or an ECR image.
 *
 * Unless the pipeline has other triggers, every change of the source starts an execution with exactly the commit,
 * object version or image that changed. Changes are detected by events, never by polling. AWS delivers events at least
 * once, so one change can occasionally start two executions.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/change-detection-methods.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 * });
 */
export class PipelineSource extends PipelineStep {
  /**
   * Reads a branch of a repository on GitHub.com through a connection.
   *
   * @param repository `owner/repository`, in the same case as on GitHub. Must be concrete.
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  public static gitHub(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.fromConnection('GitHub', repository, branch, options);
  }

  /**
   * Reads a branch of a repository on a self-managed GitHub Enterprise Server through a connection. A new connection
   * needs a host: see {@link GitConnection.pending}.
   *
   * @param repository `owner/repository`. Must be concrete.
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   */
  public static gitHubEnterpriseServer(
    repository: string,
    branch: string,
    options: GitSourceOptions = {},
  ): PipelineSource {
    return PipelineSource.fromConnection('GitHubEnterpriseServer', repository, branch, options);
  }

  /**
   * Reads a branch of a project on GitLab.com through a connection.
   *
   * @param repository `group/project`, including subgroups. Must be concrete.
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   */
  public static gitLab(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.fromConnection('GitLab', repository, branch, options);
  }

  /**
   * Reads a branch of a project on a self-managed GitLab server through a connection. A new connection needs a host:
   * see {@link GitConnection.pending}.
   *
   * @param repository `group/project`, including subgroups. Must be concrete.
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   */
  public static gitLabSelfManaged(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.fromConnection('GitLabSelfManaged', repository, branch, options);
  }

  /**
   * Reads a branch of a repository on Bitbucket Cloud through a connection.
   *
   * @param repository `workspace/repository`. Must be concrete.
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   */
  public static bitbucket(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.fromConnection('Bitbucket', repository, branch, options);
  }

  /**
   * Reads a branch of a repository on Azure DevOps through a connection.
   *
   * @param repository `organization/project/repository`, as the console shows it for a new pipeline. Must be concrete.
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   */
  public static azureDevOps(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.fromConnection('AzureDevOps', repository, branch, options);
  }

  /**
   * Reads a branch of a CodeCommit repository in the Region of the pipeline. An EventBridge rule starts the pipeline
   * with the commit that was pushed.
   *
   * If the repository is in another account, CodePipeline reads it under a role in that account. Two more stacks are
   * created, the artifacts are encrypted with a customer managed key ($1 a month), and `fullClone` is not available.
   * The accounts and Regions of the pipeline and of the repository must be concrete.
   *
   * @param branch branch whose pushes start the pipeline. Must be concrete.
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
   */
  public static codeCommit(
    repository: codecommit.IRepository,
    branch: string,
    options: CodeCommitSourceOptions = {},
  ): PipelineSource {
    return new PipelineSource(new CodeCommitSource(repository, branch, options), options);
  }

  /**
   * Reads a zip file in an S3 bucket in the Region of the pipeline. An EventBridge rule starts the pipeline with the
   * object version that was written.
   *
   * If the bucket is in another account, CodePipeline reads it under a role in that account, as {@link codeCommit}
   * describes. The bucket then needs an explicit name.
   *
   * @param bucket bucket with versioning that sends its events to EventBridge; event delivery is enabled automatically
   * for a bucket of the same app
   * @param objectKey key of the zip file; objects with other keys do not start the pipeline. Must be concrete.
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
   */
  public static s3(bucket: s3.IBucket, objectKey: string, options: SourceOptions = {}): PipelineSource {
    return new PipelineSource(new S3Source(bucket, objectKey, options), options);
  }

  /**
   * Reads an image in an ECR repository in the Region of the pipeline. An EventBridge rule starts the pipeline with the
   * digest that was pushed. The artifact contains `imageDetail.json`, which identifies the image, and not the image
   * itself.
   *
   * If the repository is in another account, CodePipeline reads its details under a role in that account, as
   * {@link codeCommit} describes. The repository then needs an explicit name, and its policy must allow the accounts of
   * your environments to pull the image.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
   */
  public static ecr(repository: ecr.IRepository, options: EcrSourceOptions = {}): PipelineSource {
    return new PipelineSource(new EcrSource(repository, options), options);
  }

  private static fromConnection(
    providerType: ConnectionProviderId,
    repository: string,
    branch: string,
    options: GitSourceOptions,
  ): PipelineSource {
    return new PipelineSource(new ConnectionSource(providerType, repository, branch, options), options);
  }

  private constructor(
    private readonly planner: SourcePlanner,
    options: SourceOptions,
  ) {
    super(options?.stepName ?? 'Source');
  }

  /** @internal */
  public override _releasedImage(): ReleasedImage | undefined {
    const { imageVariables } = this.planner;
    return imageVariables && this._imageInVariables(...imageVariables);
  }

  /** @internal */
  public override _plan(context: SourceContext): SourceStep[] {
    return super._plan({ ...context, defaultInput: '' });
  }

  /** @internal */
  protected _planActions({ problems, pipelineEnv = {} }: SourceContext): SourceStep[] {
    const { stepName } = this;
    const action = this.planner.plan({ problems, pipelineEnv });
    return [
      {
        name: stepName,
        path: problems.path,
        inputs: [],
        outputs: [stepName],
        namespace: namespaceOf(stepName),
        ...action,
      },
    ];
  }
}
