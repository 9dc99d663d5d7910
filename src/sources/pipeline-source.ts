import type { aws_codecommit as codecommit, aws_ecr as ecr, aws_s3 as s3 } from 'aws-cdk-lib';
import { checkSource } from './check-source';
import { GitConnection } from './connection/git-connection';
import { readPlace, readUnversioned } from './read-resources';
import type { CodeCommitSourceOptions, EcrSourceOptions, GitSourceOptions, SourceOptions } from './source-options';
import type { ActionProviderId } from '../aws/action-providers';
import type { ConnectionProviderId } from '../aws/connection-providers';
import type { StepPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import type { SourcePlan } from './source-specs';
import { namespaceOf } from '../pipeline/variables';
import { PipelineStep } from '../steps/pipeline-step';
import type { ReleasedImage } from '../steps/released-image';

/**
 * Where the code comes from.
 *
 * A change starts the pipeline, with exactly the commit, object or image that changed, unless the pipeline is given other triggers.
 * CodePipeline learns of it by an event, never by polling; events are delivered at least once, so that now and then a change starts two runs.
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
    return PipelineSource.connected('GitHub', repository, branch, options);
  }

  /**
   * A branch of a repository on a GitHub Enterprise Server of yours. A new connection needs a host: {@link GitConnection.pending}.
   *
   * @param repository `owner/repository`. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitHubEnterpriseServer(
    repository: string,
    branch: string,
    options: GitSourceOptions = {},
  ): PipelineSource {
    return PipelineSource.connected('GitHubEnterpriseServer', repository, branch, options);
  }

  /**
   * A branch of a project on GitLab.com.
   *
   * @param repository `group/project`, with subgroups if there are any. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitLab(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.connected('GitLab', repository, branch, options);
  }

  /**
   * A branch of a project on a GitLab server of yours. A new connection needs a host: {@link GitConnection.pending}.
   *
   * @param repository `group/project`, with subgroups if there are any. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static gitLabSelfManaged(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.connected('GitLabSelfManaged', repository, branch, options);
  }

  /**
   * A branch of a repository on Bitbucket Cloud.
   *
   * @param repository `workspace/repository`. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static bitbucket(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.connected('Bitbucket', repository, branch, options);
  }

  /**
   * A branch of a repository on Azure DevOps.
   *
   * @param repository `organization/project/repository`, as the console writes it when a pipeline is made there. Must be concrete
   * @param branch the branch whose pushes start the pipeline. Must be concrete
   */
  public static azureDevOps(repository: string, branch: string, options: GitSourceOptions = {}): PipelineSource {
    return PipelineSource.connected('AzureDevOps', repository, branch, options);
  }

  /**
   * A branch of a CodeCommit repository, in the region of the pipeline. A rule of EventBridge starts the pipeline with the commit that was pushed.
   *
   * In another account it is read under a role there. Two stacks are made for it, the artifacts are encrypted with a key of your own, at $1 a month,
   * and `fullClone` is not possible; the accounts and regions of both stacks must be concrete.
   *
   * @param branch Must be concrete
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
   */
  public static codeCommit(
    repository: codecommit.IRepository,
    branch: string,
    options: CodeCommitSourceOptions = {},
  ): PipelineSource {
    return PipelineSource.made(
      'codeCommit',
      options,
      {
        BranchName: branch,
        PollForSourceChanges: 'false',
        OutputArtifactFormat: formatOf(options),
      },
      {
        kind: 'codecommit-source',
        repository,
        place: readPlace(repository),
        branch,
        fullClone: options.fullClone ?? false,
      },
    );
  }

  /**
   * An archive in a bucket of the region of the pipeline. A rule of EventBridge starts the pipeline with the version that was written.
   *
   * In another account it is read under a role there, as a repository is by {@link codeCommit}. The bucket must have a name of its own then.
   *
   * @param bucket must be versioned and send its events to EventBridge; for a bucket made in the same app the latter is switched on
   * @param objectKey key of a zip file; what is written under any other key starts nothing. Must be concrete
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
   */
  public static s3(bucket: s3.IBucket, objectKey: string, options: SourceOptions = {}): PipelineSource {
    return PipelineSource.made(
      's3Source',
      options,
      { S3ObjectKey: objectKey, PollForSourceChanges: 'false' },
      { kind: 's3-source', bucket, place: readPlace(bucket), unversioned: readUnversioned(bucket), objectKey },
    );
  }

  /**
   * An image in an ECR repository of the region of the pipeline. A rule of EventBridge starts the pipeline with the digest
   * that was pushed. The artifact is `imageDetail.json`, which names the image, and not the image itself.
   *
   * In another account it is looked at under a role there, as a repository is by {@link codeCommit}. The repository must have a name of its own then,
   * and who pulls the image must be let in by its policy.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
   */
  public static ecr(repository: ecr.IRepository, options: EcrSourceOptions = {}): PipelineSource {
    const imageTag = options.imageTag ?? 'latest';
    return PipelineSource.made(
      'ecrSource',
      options,
      { ImageTag: imageTag },
      { kind: 'ecr-source', repository, place: readPlace(repository), imageTag },
    );
  }

  private static connected(
    providerType: ConnectionProviderId,
    repository: string,
    branch: string,
    options: GitSourceOptions,
  ): PipelineSource {
    const connection = (options.connection ?? GitConnection.pending())._plan;
    return PipelineSource.made(
      'connection',
      options,
      {
        FullRepositoryId: repository,
        BranchName: branch,
        OutputArtifactFormat: formatOf(options),
        DetectChanges: 'true',
      },
      {
        kind: 'connection-source',
        providerType,
        connection,
        repository,
        branch,
        fullClone: options.fullClone ?? false,
      },
    );
  }

  private static made(
    provider: ActionProviderId,
    { stepName = 'Source' }: SourceOptions,
    configuration: Record<string, string>,
    spec: SourcePlan,
  ): PipelineSource {
    const plan: Omit<StepPlan<SourcePlan>, 'path'> = {
      name: stepName,
      provider,
      inputs: [],
      outputs: [stepName],
      namespace: namespaceOf(stepName),
      configuration,
      fullClone: 'fullClone' in spec && spec.fullClone,
      resourceEnv: 'place' in spec ? spec.place : undefined,
      spec,
    };
    return new PipelineSource(plan, spec);
  }

  private constructor(
    private readonly plan: Omit<StepPlan<SourcePlan>, 'path'>,
    private readonly spec: SourcePlan,
  ) {
    super(plan.name);
  }

  /** @internal */
  protected _planActions({ problems }: SourceContext): Array<StepPlan<SourcePlan>> {
    problems.addAll(checkSource(problems.path, this.spec));
    return [{ ...this.plan, path: problems.path }];
  }

  /** @internal */
  public override _releasedImage(): ReleasedImage | undefined {
    return this.spec.kind === 'ecr-source' ? this._imageInVariables('ImageURI', 'ImageDigest') : undefined;
  }

  /** @internal */
  public override _plan(context: SourceContext): Array<StepPlan<SourcePlan>> {
    return super._plan({ ...context, defaultInput: '' }) as Array<StepPlan<SourcePlan>>;
  }
}

const formatOf = ({ fullClone }: { readonly fullClone?: boolean }) => (fullClone ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP');

/** Describes where a source stands. */
interface SourceContext {
  readonly problems: Problems;
}
