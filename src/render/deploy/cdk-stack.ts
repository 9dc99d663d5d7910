import { Fn } from 'aws-cdk-lib';
import type { PrepareCdkStackPlan } from '../../plan/stack-plan';
import { renderDeployRole, type Room } from '../environment/room';
import { artifactReadStatements, artifactWriteStatements, deployStacksStatements } from '../grants';
import type { ActionRenderer, RenderedEnvironment } from '../rendered';

/** The change set of a stack of a CDK app. One role of the environment makes and executes those of all its stacks. */
export const renderPrepareCdkStack: ActionRenderer<PrepareCdkStackPlan> = ({ environments, earlier }, work, { name }) => {
  // Made by `cdk bootstrap`, and known by its name.
  const configuration = { RoleArn: Fn.sub(work.executionRoleArn) };
  if (name !== work.first) {
    const { role, region } = earlier.get(work.first)!;
    return { role, region, configuration };
  }
  const { room, elsewhere, seenRole } = environments.get(work.environment)!;
  const made = room && renderStageRoom(room, work);
  return { role: seenRole(made?.deployRole), region: elsewhere?.region, configuration, environment: made };
};

/** The role of an environment to which a stage of a CDK app is deployed. */
export function renderStageRoom(room: Room, { together, tellsOutputs }: PrepareCdkStackPlan) {
  const executionRoles = [...new Set(together.map(({ executionRoleArn }) => executionRoleArn))];
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(room.store),
      ...tellsOutputs ? artifactWriteStatements(room.store) : [],
      ...deployStacksStatements(together.map(({ stackName }) => stackName), executionRoles.map((arn) => ({ 'Fn::Sub': arn }))),
    ],
  });
  return { environmentName: room.environment, deployRole } satisfies RenderedEnvironment;
}
