import type { aws_codecommit as codecommit } from 'aws-cdk-lib';
import { isCrossAccountSource } from '../../pipeline/cross-account-sources';
import { planResource, type ResourceSourceSpec } from '../resource/read-resource';
import {
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
   * Builds clone the repository themselves and so have its history and tags. Only builds in CodeBuild can use such a
   * source, and their roles may then pull it.
   *
   * @default false, the files of the commit and nothing else
   */
  readonly fullClone?: boolean;
}

/** Describes a source in CodeCommit. */
export interface CodeCommitSourceSpec extends ResourceSourceSpec {
  readonly kind: 'codecommit-source';
  readonly resource: codecommit.IRepository;
  readonly branch: string;
  readonly fullClone: boolean;
}

const REPOSITORY = {
  what: 'a repository of CodeCommit',
  fix: "create one, or import it by codecommit.Repository.fromRepositoryName(this, 'Code', 'shop')",
  otherRegionFix: 'put the pipeline beside the repository; its environments may be elsewhere',
};

/** Plans a source in CodeCommit. */
export class CodeCommitSource implements SourcePlanner {
  public constructor(
    private readonly repository: codecommit.IRepository,
    private readonly branch: string,
    private readonly options: CodeCommitSourceOptions,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<CodeCommitSourceSpec> {
    const { fullClone = false } = this.options ?? {};
    const resourceEnv = planResource(this.repository, REPOSITORY, pipelineEnv, problems.at('repository'));
    const branch = validBranch(this.branch, problems.at('branch'));
    // A repository has no policy of its own that could grant access to the role of a build.
    if (fullClone && isCrossAccountSource({ resourceEnv }, pipelineEnv)) {
      const fix =
        'CodeCommit lets builds of its own account clone it only: put the pipeline into that account, or do ' +
        'without the history';
      problems.at('fullClone').add('be left out for a repository of another account', true, fix);
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
      resourceEnv,
      spec: { kind: 'codecommit-source', resource: this.repository, branch, fullClone },
    };
  }
}
