import type { CodeCommitSourcePlan } from '../../plan/source-plan';
import { codeCommitSourceStatements, pullStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** A source in CodeCommit. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/triggering.html */
export const renderCodeCommitSource: ActionRenderer<CodeCommitSourcePlan> = (_context, { repository, branch, fullClone }) => ({
  configuration: { RepositoryName: repository.repositoryName },
  pipelineStatements: codeCommitSourceStatements(repository.repositoryArn, fullClone),
  cloneStatements: pullStatements(repository.repositoryArn),
  change: {
    pattern: {
      'source': ['aws.codecommit'],
      'detail-type': ['CodeCommit Repository State Change'],
      'resources': [repository.repositoryArn],
      'detail': { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [branch] },
    },
    revisionType: 'COMMIT_ID',
    revisionPath: '$.detail.commitId',
  },
});
