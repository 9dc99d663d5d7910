import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { ExecuteStackPlan, PrepareStackPlan } from '../../plan/stack-plan';
import { renderActionRole } from '../action-role';
import { artifactReadStatements, artifactWriteStatements, deployStackStatements } from '../grants';
import type { ActionRenderer } from '../rendered';
import { renderRole } from '../role';
import { environmentScope } from './environments';

/** The change set of a stack, and the roles of its environment: one that asks CloudFormation, one that CloudFormation works with. */
export const renderPrepareStack: ActionRenderer<PrepareStackPlan> = (context, work) => {
  const { pipelineName, artifactBucket } = context;
  const { environment, stackName, parameters } = work;
  const scope = environmentScope(context.scope, environment);
  const deploymentRole = work.deploymentRole ?? renderRole(scope, 'DeploymentRole', {
    assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    description: `CloudFormation makes the resources of the stack ${stackName} with it`,
    policyName: 'Deployment',
    // What the template needs its author alone knows.
    statements: [],
  });
  const role = renderActionRole(scope, context, {
    id: 'DeployRole',
    description: `Releases to ${environment}, for the pipeline ${pipelineName}`,
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(artifactBucket),
      ...work.tellsOutputs ? artifactWriteStatements(artifactBucket) : [],
      ...deployStackStatements(stackName, deploymentRole.roleArn),
    ],
  });
  return {
    role,
    configuration: {
      RoleArn: deploymentRole.roleArn,
      ...Object.keys(parameters).length > 0 && { ParameterOverrides: Stack.of(scope).toJsonString(parameters) },
    },
    stack: { environmentName: environment, deploymentRole },
  };
};

/** The same role executes the change set; the stack knows what CloudFormation works with. */
export const renderExecuteStack: ActionRenderer<ExecuteStackPlan> = ({ earlier }, { prepared }) => ({ role: earlier.get(prepared)!.role });
