import type { aws_codecommit as codecommit } from 'aws-cdk-lib';
import { isCrossAccountSource } from '../../pipeline/cross-account-sources';
import { FLAG, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { planResource, type ResourceSourceSpec } from '../resource/read-resource';
import {
  SOURCE_OPTIONS,
  type SourceOptions,
  validBranch,
  artifactFormat,
  type SourceAction,
  type SourceContext,
  type SourcePlanner,
} from '../source-planner';

/** Options of {@link PipelineSource.codeCommit}. */
export interface CodeCommitSourceOptions extends SourceOptions {
  /**
   * Passes a reference to the commit instead of its files: builds clone the repository and so have its history and
   * tags. Only CodeBuild builds can use such a source. Their roles get permission to pull the repository.
   *
   * @default false: builds receive the files of the commit, without history
   */
  readonly fullClone?: boolean;
}

/** Describes a CodeCommit source. */
export interface CodeCommitSourceSpec extends ResourceSourceSpec {
  readonly kind: 'codecommit-source';
  readonly resource: codecommit.IRepository;
  readonly branch: string;
  readonly fullClone: boolean;
}

const OPTION_TYPES: OptionTypes<CodeCommitSourceOptions> = { ...SOURCE_OPTIONS, fullClone: FLAG };

const REPOSITORY = {
  attribute: 'repositoryCloneUrlHttp',
  resourceKind: 'a CodeCommit repository',
  fix: "create one, or import one with codecommit.Repository.fromRepositoryName(this, 'Code', 'shop')",
  otherRegionFix: 'create the pipeline in the Region of the repository; its environments can be in other Regions',
};

/**
 * Actions on the artifact bucket. The action checks that the bucket exists. The minimum policy of AWS does not contain
 * this action, but without it, denials are documented.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/troubleshooting.html
 */
const BUCKET_CALLS = ['s3:ListBucket'];

/** Plans a CodeCommit source. */
export class CodeCommitSource implements SourcePlanner {
  public constructor(
    private readonly repository: codecommit.IRepository,
    private readonly branch: string,
    private readonly options: CodeCommitSourceOptions,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<CodeCommitSourceSpec> {
    const { fullClone = false } = readOptions(this.options, OPTION_TYPES, problems);
    const resourceEnv = planResource(this.repository, REPOSITORY, pipelineEnv, problems.at('repository'));
    const branch = validBranch(this.branch, problems.at('branch'));
    // CodeCommit has no repository policies that could grant access to the role of a build in another account.
    if (fullClone && isCrossAccountSource({ resourceEnv }, pipelineEnv)) {
      const fix =
        'remove it, or move the pipeline to the account of the repository; CodeCommit allows clones only within an ' +
        'account';
      problems.at('fullClone').add('not be set for a repository in another account', true, fix);
    }
    return {
      provider: 'codeCommit',
      configuration: {
        BranchName: branch,
        PollForSourceChanges: 'false',
        OutputArtifactFormat: artifactFormat(fullClone),
      },
      propNames: { BranchName: 'branch' },
      fullClone,
      artifactCalls: BUCKET_CALLS,
      resourceEnv,
      spec: { kind: 'codecommit-source', resource: this.repository, branch, fullClone },
    };
  }
}
