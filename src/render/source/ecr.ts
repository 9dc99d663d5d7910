import type { EcrSourcePlan } from '../../plan/source-plan';
import { ecrSourceStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** A source that is an image. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-cwe-ecr-source.html */
export const renderEcrSource: ActionRenderer<EcrSourcePlan> = (_context, { repository, imageTag }) => ({
  configuration: { RepositoryName: repository.repositoryName },
  pipelineStatements: ecrSourceStatements(repository.repositoryArn),
  change: {
    pattern: {
      'source': ['aws.ecr'],
      'detail-type': ['ECR Image Action'],
      'detail': { 'action-type': ['PUSH'], 'result': ['SUCCESS'], 'repository-name': [repository.repositoryName], 'image-tag': [imageTag] },
    },
    revisionType: 'IMAGE_DIGEST',
    revisionPath: '$.detail.image-digest',
  },
});
