import { Fn } from 'aws-cdk-lib';
import type { PrepareCdkStackPlan } from '../../plan/stack-plan';
import { renderActionRole } from '../action-role';
import { artifactReadStatements, deployStacksStatements } from '../grants';
import type { ActionRenderer, RenderContext } from '../rendered';
import { environmentScope } from './environments';

/** The change set of a stack of a CDK app. One role of the environment makes and executes those of all its stacks. */
export const renderPrepareCdkStack: ActionRenderer<PrepareCdkStackPlan> = (context, work, { name }) => ({
  role: name === work.first ? renderStageRole(context, work) : context.earlier.get(work.first)!.role,
  // Made by `cdk bootstrap`, and known by its name.
  configuration: { RoleArn: Fn.sub(work.executionRoleArn) },
});

function renderStageRole(context: RenderContext, { environment, together }: PrepareCdkStackPlan) {
  const executionRoles = [...new Set(together.map(({ executionRoleArn }) => executionRoleArn))];
  return renderActionRole(environmentScope(context.scope, environment), context, {
    id: 'DeployRole',
    description: `Releases to ${environment}, for the pipeline ${context.pipelineName}`,
    policyName: 'Deploy',
    statements: [
      ...artifactReadStatements(context.artifactBucket),
      ...deployStacksStatements(together.map(({ stackName }) => stackName), executionRoles.map((arn) => ({ 'Fn::Sub': arn }))),
    ],
  });
}
