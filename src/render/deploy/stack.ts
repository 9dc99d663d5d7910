import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { ExecuteStackPlan, PrepareStackPlan } from '../../plan/stack-plan';
import { roleArn } from '../environment/identity';
import { renderDeployRole, type Room } from '../environment/room';
import { artifactReadStatements, artifactWriteStatements, deployStackStatements } from '../grants';
import type { ActionRenderer, RenderedEnvironment } from '../rendered';
import { renderRole } from '../role';

/** The change set of a stack. */
export const renderPrepareStack: ActionRenderer<PrepareStackPlan> = (context, work) => {
  const { environment, parameters } = work;
  const { room, elsewhere, seenRole } = context.environments.get(environment)!;
  const made = room && renderStackRoom(room, work);
  return {
    role: seenRole(made?.deployRole),
    region: elsewhere?.region,
    configuration: {
      RoleArn: work.deploymentRole?.roleArn ?? (elsewhere ? roleArn(elsewhere.account, elsewhere.deploymentRole) : made!.deploymentRole.roleArn),
      ...Object.keys(parameters).length > 0 && { ParameterOverrides: Stack.of(context.scope).toJsonString(parameters) },
    },
    environment: made,
  };
};

/** The roles of an environment with a stack: one that asks CloudFormation, one that CloudFormation works with. */
export function renderStackRoom(room: Room, { stackName, deploymentRole: given, tellsOutputs }: PrepareStackPlan) {
  const deploymentRole = given ?? renderRole(room.scope, 'DeploymentRole', {
    roleName: room.names?.deploymentRole,
    assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    description: `CloudFormation makes the resources of the stack ${stackName} with it`,
    policyName: 'Deployment',
    // What the template needs its author alone knows.
    statements: [],
  });
  const deployRole = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(room.store),
      ...tellsOutputs ? artifactWriteStatements(room.store) : [],
      ...deployStackStatements(stackName, deploymentRole.roleArn),
    ],
  });
  return { environmentName: room.environment, deployRole, deploymentRole } satisfies RenderedEnvironment;
}

/** The same role executes the change set; the stack knows what CloudFormation works with. */
export const renderExecuteStack: ActionRenderer<ExecuteStackPlan> = ({ earlier }, { prepared }) => {
  const { role, region } = earlier.get(prepared)!;
  return { role, region };
};
