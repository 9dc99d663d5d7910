import type { DeployLambdaImagePlan } from '../../plan/lambda-image-plan';
import { renderDeployRole, type Room } from '../environment/room';
import { releaseImageStatements, artifactReadStatements } from '../grants';
import type { ActionRenderer, RenderedEnvironment } from '../rendered';

/** A function gets an image: a Commands action under the role of the environment. */
export const renderDeployLambdaImage: ActionRenderer<DeployLambdaImagePlan> = ({ environments }, work) => {
  const { room, elsewhere, seenRole } = environments.get(work.environment)!;
  const made = room && renderLambdaImageRoom(room, work);
  return {
    role: seenRole(made?.deployRole),
    region: elsewhere?.region,
    environment: made,
    environmentVariables: Object.entries({ FUNCTION_NAME: work.functionName, FUNCTION_ALIAS: work.alias }).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
  };
};

/** The function is somewhere already; what the environment adds is a role that may release to it. */
export function renderLambdaImageRoom(room: Room, work: DeployLambdaImagePlan) {
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [...artifactReadStatements(room.store), ...room.actionLogs(), ...releaseImageStatements(work)],
  });
  return { environmentName: room.environment, deployRole } satisfies RenderedEnvironment;
}
