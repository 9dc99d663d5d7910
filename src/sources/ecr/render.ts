import { Aws } from 'aws-cdk-lib';
import type { EcrSourceSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { allow, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { referTo, renderResourceSource } from '../resource/render-resource-source';
import { validateSourceEnv } from '../resource/validate-source-env';

/**
 * Defines the action kind of ECR sources.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-cwe-ecr-source.html
 */
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
  return renderResourceSource(context, action, crossAccount, {
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

/**
 * Allows CodePipeline to read the details of an image.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECR.html
 */
export function describeImagesStatements(repositoryArn: string): Statement[] {
  return [allow(['ecr:DescribeImages'], [repositoryArn])];
}
