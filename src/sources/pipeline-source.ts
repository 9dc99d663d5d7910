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
 * Where the code comes from.
 *
 * A change starts the pipeline, with exactly the commit, object or image that changed, unless the pipeline is given
 * other triggers. CodePipeline learns of it by an event, never by polling; events are delivered at least once, so that
 * now and then a change starts two runs.
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
   * A branch of a repository on GitHub.com, read through a connection.
   *
   * @param repository `owner/repository`, in the same case as on GitHub. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  public static gitHub(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.ofConnection('GitHub', repository, branch, options);
  }

  /**
   * A branch of a repository on a GitHub Enterprise Server of yours. A new connection needs a host:
   * {@link GitConnection.pending}.
   *
   * @param repository `owner/repository`. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitHubEnterpriseServer(
    repository: string,
    branch: string,
    options: GitSourceOptions = {},
  ): PipelineSource {
    return PipelineSource.ofConnection('GitHubEnterpriseServer', repository, branch, options);
  }

  /**
   * A branch of a project on GitLab.com.
   *
   * @param repository `group/project`, with subgroups if there are any. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitLab(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.ofConnection('GitLab', repository, branch, options);
  }

  /**
   * A branch of a project on a GitLab server of yours. A new connection needs a host: {@link GitConnection.pending}.
   *
   * @param repository `group/project`, with subgroups if there are any. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitLabSelfManaged(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.ofConnection('GitLabSelfManaged', repository, branch, options);
  }

  /**
   * A branch of a repository on Bitbucket Cloud.
   *
   * @param repository `workspace/repository`. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static bitbucket(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.ofConnection('Bitbucket', repository, branch, options);
  }

  /**
   * A branch of a repository on Azure DevOps.
   *
   * @param repository `organization/project/repository`, as the console writes it when a pipeline is made there. Must
   * be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static azureDevOps(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.ofConnection('AzureDevOps', repository, branch, options);
  }

  /**
   * A branch of a CodeCommit repository, in the region of the pipeline. A rule of EventBridge starts the pipeline with
   * the commit that was pushed.
   *
   * In another account it is read under a role there. Two stacks are made for it, the artifacts are encrypted with a
   * key of your own, at $1 a month, and `fullClone` is not possible; the accounts and regions of both stacks must be
   * concrete.
   *
   * @param branch Must be concrete
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
   * An archive in a bucket of the region of the pipeline. A rule of EventBridge starts the pipeline with the version
   * that was written.
   *
   * In another account it is read under a role there, as a repository is by {@link codeCommit}. The bucket must have a
   * name of its own then.
   *
   * @param bucket must be versioned and send its events to EventBridge; for a bucket made in the same app the latter is
   * switched on
   * @param objectKey key of a zip file; what is written under any other key starts nothing. Must be concrete
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
   */
  public static s3(bucket: s3.IBucket, objectKey: string, options: SourceOptions = {}): PipelineSource {
    return new PipelineSource(new S3Source(bucket, objectKey), options);
  }

  /**
   * An image in an ECR repository of the region of the pipeline. A rule of EventBridge starts the pipeline with the
   * digest that was pushed. The artifact is `imageDetail.json`, which names the image, and not the image itself.
   *
   * In another account it is looked at under a role there, as a repository is by {@link codeCommit}. The repository
   * must have a name of its own then, and who pulls the image must be let in by its policy.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
   */
  public static ecr(repository: ecr.IRepository, options: EcrSourceOptions = {}): PipelineSource {
    return new PipelineSource(new EcrSource(repository, options), options);
  }

  private static ofConnection(
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
