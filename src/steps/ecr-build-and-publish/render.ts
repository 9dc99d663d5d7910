import { Construct } from 'constructs';
import { publishImageStatements } from './grants';
import type { EcrBuildAndPublishSpec } from './spec';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';

/**
 * Renders an image that CodePipeline builds and pushes, under a role of its own: building runs what the Dockerfile
 * says.
 */
const renderImage: ActionRenderer<EcrBuildAndPublishSpec> = (context, { repository }, action) => {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const role = renderActionRole(new Construct(pattern, action.name), context, {
    id: 'Role',
    description: `Runs the step ${action.name} of the pipeline ${pipelineName}`,
    policyName: 'Publish',
    statements: [
      ...artifactReadStatements(artifactBucket),
      ...actionLogs(),
      ...publishImageStatements(repository.repositoryArn),
    ],
  });
  return { role, configuration: { ECRRepositoryName: repository.repositoryName } };
};

export const ECR_BUILD_AND_PUBLISH: ActionKind<EcrBuildAndPublishSpec> = {
  kind: 'image',
  render: renderImage,
};
