import { Fn } from 'aws-cdk-lib';
import type { PrepareCdkStackSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { TargetKind } from '../../render/action-kind';
import { type EnvironmentScope, renderActionRole } from '../../render/environment-scope';
import type { RenderContext, RenderedAction, RenderedEnvironment } from '../../render/rendered';
import { changeSetArtifactStatements, deployStacksStatements } from '../cloudformation/render';

/**
 * Renders the action that creates a change set of a stack of a CDK app. One role of the environment creates and
 * executes the change sets of all stacks.
 */
export const PREPARE_CDK_STACK: TargetKind<PrepareCdkStackSpec> = {
  kind: 'prepare-cdk-stack',
  render: renderPrepareCdkStack,
  // The first step creates the role of all stacks.
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
  // The role is created by `cdk bootstrap` and referenced by name.
  const configuration = { RoleArn: Fn.sub(spec.executionRoleArn) };
  if (name !== spec.first) {
    const { role, region } = earlier.get(spec.first)!;
    return { role, region, configuration };
  }
  const { environmentScope, crossEnv, actionRole } = environments.get(spec.environment)!;
  const environment = environmentScope && renderResources(environmentScope, spec);
  return { role: actionRole(environment?.actionRole), region: crossEnv?.region, configuration, environment };
}

/** Creates the action role of an environment to which a stage of a CDK app is deployed. */
function renderResources(environmentScope: EnvironmentScope, { together, publishesOutputs }: PrepareCdkStackSpec) {
  const executionRoles = [...new Set(together.map(({ executionRoleArn }) => executionRoleArn))];
  const actionRole = renderActionRole(environmentScope, {
    policyName: 'Deploy',
    statements: [
      ...changeSetArtifactStatements(environmentScope, publishesOutputs),
      ...deployStacksStatements(
        together.map(({ stackName }) => stackName),
        executionRoles.map((arn) => ({ 'Fn::Sub': arn })),
      ),
    ],
  });
  return { environmentName: environmentScope.environment, actionRole } satisfies RenderedEnvironment;
}
