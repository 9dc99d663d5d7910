import { Fn } from 'aws-cdk-lib';
import type { PrepareCdkStackPlan } from '../cloudformation/stack-specs';
import { renderDeployRole, type EnvironmentScope } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements, deployStacksStatements } from '../../render/grants';
import type { ActionRenderer, RenderedEnvironment } from '../../render/rendered';

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
  const { environmentScope, elsewhere, seenRole } = environments.get(spec.environment)!;
  const made = environmentScope && renderStageResources(environmentScope, spec);
  return { role: seenRole(made?.deployRole), region: elsewhere?.region, configuration, environment: made };
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
