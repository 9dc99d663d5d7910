import { Aws } from 'aws-cdk-lib';
import { describeImagesStatements } from './grants';
import type { EcrSourceSpec } from './spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { referTo, renderResourceSource } from '../resource/render-resource-source';
import { validateSourceEnv } from '../resource/validate-source-env';

/** Source that is an image. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-cwe-ecr-source.html */
export const ECR_SOURCE: ActionKind<EcrSourceSpec> = {
  kind: 'ecr-source',
  render: renderEcrSource,
  validate: (scope, step, problems) => {
    const { repositoryName: name } = step.spec.resource;
    validateSourceEnv(scope, step, { name, nameProp: 'repositoryName' }, problems.at('repository'));
  },
};

function renderEcrSource(context: RenderContext, spec: EcrSourceSpec, action: StepPlan): RenderedAction {
  const { resource: repository, imageTag } = spec;
  const crossAccount = context.sources.get(action.name);
  const { name, arn } = referTo(
    context,
    crossAccount,
    { name: repository.repositoryName, arn: repository.repositoryArn },
    ({ account, region }, repositoryName) =>
      `arn:${Aws.PARTITION}:ecr:${region}:${account}:repository/${repositoryName}`,
  );
  return renderResourceSource(context, crossAccount, {
    configuration: { RepositoryName: name },
    statements: describeImagesStatements(arn),
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
}
