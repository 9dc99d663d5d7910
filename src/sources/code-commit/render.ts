import { Aws } from 'aws-cdk-lib';
import { renderAwsSource, seen } from '../render-aws-source';
import type { CodeCommitSourcePlan } from '../source-specs';
import { codeCommitSourceStatements, pullStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';
import { validateSourceEnv } from '../validate-source-env';

/** A source in CodeCommit. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/triggering.html */
export const renderCodeCommitSource: ActionRenderer<CodeCommitSourcePlan> = (
  context,
  { repository, branch, fullClone },
  action,
) => {
  const away = context.sources.get(action.name);
  const { name, arn } = seen(
    context.scope,
    away,
    { name: repository.repositoryName, arn: repository.repositoryArn },
    (repositoryName, { account, region }) => `arn:${Aws.PARTITION}:codecommit:${region}:${account}:${repositoryName}`,
  );
  return renderAwsSource(context, away, {
    configuration: { RepositoryName: name },
    statements: codeCommitSourceStatements(arn, fullClone),
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
};

export const CODE_COMMIT_SOURCE: ActionKind<CodeCommitSourcePlan> = {
  kind: 'codecommit-source',
  render: renderCodeCommitSource,
  validate: validateSourceEnv,
};
