import { Construct } from 'constructs';
import type { EcrBuildAndPublishSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements, allow, registryTokenStatement, type Statement } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { stepDescription } from '../../render/role';

/**
 * Renders an image that CodePipeline builds and pushes. The action runs under a separate role, because it runs the
 * commands of the Dockerfile.
 */
function renderImage(context: RenderContext, { repository }: EcrBuildAndPublishSpec, action: StepPlan): RenderedAction {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const role = renderActionRole(new Construct(pattern, action.name), context, {
    id: 'Role',
    description: stepDescription(action.name, pipelineName),
    policyName: 'Publish',
    statements: [
      ...artifactReadStatements(artifactBucket),
      ...actionLogs(),
      ...publishImageStatements(repository.repositoryArn),
    ],
  });
  return {
    role,
    stepRole: { stepName: action.name, role },
    configuration: { ECRRepositoryName: repository.repositoryName },
  };
}

export const ECR_BUILD_AND_PUBLISH: ActionKind<EcrBuildAndPublishSpec> = {
  kind: 'image',
  render: renderImage,
};

/**
 * Allows the action to push images to a repository.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html
 */
export function publishImageStatements(repositoryArn: string): Statement[] {
  const actions = [
    'ecr:DescribeRepositories',
    'ecr:InitiateLayerUpload',
    'ecr:UploadLayerPart',
    'ecr:CompleteLayerUpload',
    'ecr:PutImage',
    'ecr:GetDownloadUrlForLayer',
    'ecr:BatchCheckLayerAvailability',
  ];
  return [registryTokenStatement(), allow(actions, [repositoryArn])];
}
