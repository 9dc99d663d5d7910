import { Fn } from 'aws-cdk-lib';
import type { PrepareCdkStackSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { TargetKind } from '../../render/action-kind';
import { type EnvironmentScope, renderDeployRole } from '../../render/environment-scope';
import { artifactReadStatements, artifactWriteStatements } from '../../render/grants';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { deployStacksStatements } from '../cloudformation/render';

/**
 * The change set of a stack of a CDK app. One role of the environment prepares and executes those of all its stacks.
 */
export const PREPARE_CDK_STACK: TargetKind<PrepareCdkStackSpec> = {
  kind: 'prepare-cdk-stack',
  render: renderPrepareCdkStack,
  // The first stack creates the role of all.
  renderResources: (environmentScope, spec, { name }) =>
    name === spec.first ? renderResources(environmentScope, spec) : undefined,
  referencedResources: () => [],
  requiredNames: () => [],
  validateEnvironment: () => {},
};

function renderPrepareCdkStack(
  { environments, earlier }: RenderContext,
  spec: PrepareCdkStackSpec,
  { name }: StepPlan,
): RenderedAction {
  // Created by `cdk bootstrap`, and known by its name.
  const configuration = { RoleArn: Fn.sub(spec.executionRoleArn) };
  if (name !== spec.first) {
    const { role, region } = earlier.get(spec.first)!;
    return { role, region, configuration };
  }
  const { environmentScope, crossEnv, actionRole } = environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  return { role: actionRole(environment?.actionRole), region: crossEnv?.region, configuration, environment };
}

/** Creates the role of an environment that a stage of a CDK app is deployed to. */
function renderResources(environmentScope: EnvironmentScope, { together, publishesOutputs }: PrepareCdkStackSpec) {
  const executionRoles = [...new Set(together.map(({ executionRoleArn }) => executionRoleArn))];
  const actionRole = renderDeployRole(environmentScope, {
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
  return { environmentName: environmentScope.environment, actionRole } satisfies RenderedEnvironment;
}
