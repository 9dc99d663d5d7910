import { Construct } from 'constructs';
import type { CommandsRuleSpec } from './plan';
import type { RulePlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';

export const COMMANDS_RULE: ActionKind<CommandsRuleSpec> = {
  kind: 'commands-rule',
  render: renderCommandsRule,
};

/**
 * Renders commands under a role of their own, so that whoever writes them does not get the permissions of the pipeline.
 *
 * AWS's page says that the pipeline's role is used, while a rule has a property for a role; so both may write the log.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-Commands.html
 */
function renderCommandsRule(
  context: RenderContext,
  _spec: CommandsRuleSpec,
  { name, inputs }: RulePlan,
): RenderedAction {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const role = renderActionRole(new Construct(pattern, name), context, {
    id: 'Role',
    description: `Runs the rule ${name} of the pipeline ${pipelineName}`,
    policyName: 'Commands',
    statements: [...(inputs.length > 0 ? artifactReadStatements(artifactBucket) : []), ...actionLogs()],
  });
  return { role, stepRole: { stepName: name, role }, pipelineStatements: actionLogs() };
}
