import { Fn } from 'aws-cdk-lib';
import type { PrepareCdkStackPlan } from '../cloudformation/stack-specs';
import { renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, deployStacksStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';
import type { TargetKind } from '../../render/action-kind';

/** The change set of a stack of a CDK app. One role of the environment makes and executes those of all its stacks. */
export const renderPrepareCdkStack: ActionRenderer<PrepareCdkStackPlan> = (
  { environments, earlier },
  spec,
  { name },
) => {
  // Made by `cdk bootstrap`, and known by its name.
  const configuration = { RoleArn: Fn.sub(spec.executionRoleArn) };
  if (name !== spec.first) {
    const { role, region } = earlier.get(spec.first)!;
    return { role, region, configuration };
  }
  const { environmentScope, crossEnv, actionRole } = environments.get(spec.environment)!;
  const made = environmentScope && renderStageResources(environmentScope, spec);
  return { role: actionRole(made?.deployRole), region: crossEnv?.region, configuration, environment: made };
};

/** The role of an environment to which a stage of a CDK app is deployed. */
export function renderStageResources(
  environmentScope: EnvironmentScope,
  { together, publishesOutputs }: PrepareCdkStackPlan,
) {
  const executionRoles = [...new Set(together.map(({ executionRoleArn }) => executionRoleArn))];
  const deployRole = renderDeployRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(environmentScope.store),
      ...(publishesOutputs ? artifactWriteStatements(environmentScope.store) : []),
      ...deployStacksStatements(
        together.map(({ stackName }) => stackName),
        executionRoles.map((arn) => ({ 'Fn::Sub': arn })),
      ),
    ],
  });
  return { environmentName: environmentScope.environment, deployRole } satisfies RenderedEnvironment;
}

export const PREPARE_CDK_STACK: TargetKind<PrepareCdkStackPlan> = {
  kind: 'prepare-cdk-stack',
  render: renderPrepareCdkStack,
  renderResources: (environmentScope, spec, { name }) =>
    // The first stack creates the role of all.
    name === spec.first ? renderStageResources(environmentScope, spec) : undefined,
  referencedResources: () => [],
  requiredNames: () => [],
  validateEnvironment: () => {},
};
