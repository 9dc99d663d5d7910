import { Aws } from 'aws-cdk-lib';
import type { CodeCommitSourceSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { allow, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { referTo, renderResourceSource } from '../resource/render-resource-source';
import { validateSourceEnv } from '../resource/validate-source-env';

/**
 * Defines the action kind of CodeCommit sources.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/triggering.html
 */
export const CODE_COMMIT_SOURCE: ActionKind<CodeCommitSourceSpec> = {
  kind: 'codecommit-source',
  render: renderCodeCommitSource,
  validate: (scope, step, problems) => {
    const { repositoryName: name } = step.spec.resource;
    validateSourceEnv(scope, step, { name, nameProp: 'repositoryName' }, problems.at('repository'));
  },
};

function renderCodeCommitSource(context: RenderContext, spec: CodeCommitSourceSpec, action: StepPlan): RenderedAction {
  const { resource: repository, branch, fullClone } = spec;
  const crossAccount = context.sources.get(action.name);
  const { name, arn } = referTo(
    context,
    crossAccount,
    { name: repository.repositoryName, arn: repository.repositoryArn },
    ({ account, region }, repositoryName) => `arn:${Aws.PARTITION}:codecommit:${region}:${account}:${repositoryName}`,
  );
  return renderResourceSource(context, action, crossAccount, {
    configuration: { RepositoryName: name },
    statements: readRepositoryStatements(arn, fullClone),
    cloneStatements: pullStatements(arn),
    change: {
      pattern: {
        source: ['aws.codecommit'],
        'detail-type': ['CodeCommit Repository State Change'],
        resources: [arn],
        detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [branch] },
      },
      revisionType: 'COMMIT_ID',
      revisionPath: '$.detail.commitId',
    },
  });
}

/** Calls that upload the files of a commit, which a source that passes a reference does not do. */
const ARCHIVE_CALLS = ['codecommit:UploadArchive', 'codecommit:GetUploadArchiveStatus'];

/**
 * Allows CodePipeline to read a repository.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodeCommit.html
 */
export function readRepositoryStatements(repositoryArn: string, fullClone: boolean): Statement[] {
  const calls = [
    'codecommit:GetBranch',
    'codecommit:GetCommit',
    'codecommit:GetRepository',
    ...ARCHIVE_CALLS,
    'codecommit:CancelUploadArchive',
  ];
  const used = fullClone ? calls.filter((call) => !ARCHIVE_CALLS.includes(call)) : calls;
  return [allow(used, [repositoryArn])];
}

/** Allows the role of a build to clone the repository. */
export function pullStatements(repositoryArn: string): Statement[] {
  return [allow(['codecommit:GitPull'], [repositoryArn])];
}
