import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { ExecuteStackPlan, PrepareStackPlan } from '../../plan/stack-plan';
import { roleArn } from '../environment/identity';
import { renderDeployRole } from '../environment/room';
import { artifactReadStatements, deployStackStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { renderRole } from '../role';

/** The change set of a stack, and the roles of its environment: one that asks CloudFormation, one that CloudFormation works with. */
export const renderPrepareStack: ActionRenderer<PrepareStackPlan> = (context, work) => {
  const { environment, stackName, parameters } = work;
  const { room, elsewhere, seenRole } = context.environments.get(environment)!;
  const deploymentRole = work.deploymentRole ?? renderRole(room.scope, 'DeploymentRole', {
    roleName: room.names?.deploymentRole,
    assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    description: `CloudFormation makes the resources of the stack ${stackName} with it`,
    policyName: 'Deployment',
    // What the template needs its author alone knows.
    statements: [],
  });
  const role = renderDeployRole(room, {
    policyName: 'Deploy',
    statements: [...artifactReadStatements(room.store), ...deployStackStatements(stackName, deploymentRole.roleArn)],
  });
  return {
    role: seenRole(role),
    region: elsewhere?.region,
    configuration: {
      RoleArn: elsewhere && !work.deploymentRole ? roleArn(elsewhere.account, elsewhere.deploymentRole) : deploymentRole.roleArn,
      ...Object.keys(parameters).length > 0 && { ParameterOverrides: Stack.of(context.scope).toJsonString(parameters) },
    },
    stack: { environmentName: environment, deploymentRole },
  };
};

/** The same role executes the change set; the stack knows what CloudFormation works with. */
export const renderExecuteStack: ActionRenderer<ExecuteStackPlan> = ({ earlier }, { prepared }) => {
  const { role, region } = earlier.get(prepared)!;
  return { role, region };
};
