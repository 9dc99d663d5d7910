import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { ExecuteStackPlan, PrepareStackPlan } from './stack-specs';
import { roleArn } from '../../render/cross-account-names';
import { renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, deployStackStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import { renderRole } from '../../render/role';
import type { TargetKind } from '../../render/action-kind';
import type { ActionKind } from '../../render/action-kind';

/** The change set of a stack. */
export const renderPrepareStack: ActionRenderer<PrepareStackPlan> = (context, spec) => {
  const { environment, parameters } = spec;
  const { environmentScope, crossEnv, actionRole } = context.environments.get(environment)!;
  const made = environmentScope && renderStackResources(environmentScope, spec);
  return {
    role: actionRole(made?.deployRole),
    region: crossEnv?.region,
    configuration: {
      RoleArn:
        spec.deploymentRole?.roleArn ??
        (crossEnv ? roleArn(crossEnv.account, crossEnv.deploymentRole) : made!.deploymentRole.roleArn),
      ...(Object.keys(parameters).length > 0 && {
        ParameterOverrides: Stack.of(context.scope).toJsonString(parameters),
      }),
    },
    environment: made,
  };
};

/** The roles of an environment with a stack: one that asks CloudFormation, one that CloudFormation works with. */
export function renderStackResources(
  environmentScope: EnvironmentScope,
  { stackName, deploymentRole: given, publishesOutputs }: PrepareStackPlan,
) {
  const deploymentRole =
    given ??
    renderRole(environmentScope.scope, 'DeploymentRole', {
      roleName: environmentScope.names?.deploymentRole,
      assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
      description: `CloudFormation makes the resources of the stack ${stackName} with it`,
      policyName: 'Deployment',
      // What the template needs its author alone knows.
      statements: [],
    });
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...(publishesOutputs ? artifactWriteStatements(environmentScope.store) : []),
      ...deployStackStatements(stackName, deploymentRole.roleArn),
    ],
  });
  return { environmentName: environmentScope.environment, deployRole, deploymentRole } satisfies RenderedEnvironment;
}

/** The same role executes the change set; the stack knows what CloudFormation works with. */
export const renderExecuteStack: ActionRenderer<ExecuteStackPlan> = ({ earlier }, { prepared }) => {
  const { role, region } = earlier.get(prepared)!;
  return { role, region };
};

export const PREPARE_STACK: TargetKind<PrepareStackPlan> = {
  kind: 'prepare-stack',
  render: renderPrepareStack,
  renderResources: renderStackResources,
  referencedResources: ({ deploymentRole }) =>
    deploymentRole ? [{ prop: 'deploymentRole', what: 'a role', resource: deploymentRole }] : [],
  requiredNames: () => [],
  validateEnvironment: () => {},
};

export const EXECUTE_STACK: ActionKind<ExecuteStackPlan> = { kind: 'execute-stack', render: renderExecuteStack };
