import { Aws } from 'aws-cdk-lib';
import { renderAwsSource, seen } from '../render-aws-source';
import type { EcrSourcePlan } from '../source-specs';
import { ecrSourceStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';
import { validateSourceEnv } from '../validate-source-env';

/** A source that is an image. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-cwe-ecr-source.html */
export const renderEcrSource: ActionRenderer<EcrSourcePlan> = (context, { repository, imageTag }, action) => {
  const away = context.sources.get(action.name);
  const { name, arn } = seen(
    context.scope,
    away,
    { name: repository.repositoryName, arn: repository.repositoryArn },
    (repositoryName, { account, region }) =>
      `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repositoryName}`,
  );
  return renderAwsSource(context, away, {
    configuration: { RepositoryName: name },
    statements: ecrSourceStatements(arn),
    change: {
      pattern: {
        source: ['aws.ecr'],
        'detail-type': ['ECR Image Action'],
        detail: { 'action-type': ['PUSH'], result: ['SUCCESS'], 'repository-name': [name], 'image-tag': [imageTag] },
      },
      revisionType: 'IMAGE_DIGEST',
      revisionPath: '$.detail.image-digest',
    },
  });
};

export const ECR_SOURCE: ActionKind<EcrSourcePlan> = {
  kind: 'ecr-source',
  render: renderEcrSource,
  validate: validateSourceEnv,
};
