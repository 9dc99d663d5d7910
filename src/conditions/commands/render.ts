import { Construct } from 'constructs';
import type { CommandsRuleSpec } from './plan';
import type { RulePlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements } from '../../render/grants';
import type { RenderContext, RenderedAction } from '../../render/rendered';

/** Renders a rule that runs commands. */
export const COMMANDS_RULE: ActionKind<CommandsRuleSpec> = {
  kind: 'commands-rule',
  render: renderCommandsRule,
};

/**
 * Renders commands under a separate role, so that their author does not get the permissions of the pipeline.
 *
 * According to the AWS documentation, the rule uses the role of the pipeline, although a rule has a role property. The
 * role of the pipeline can write the log and read the inputs, too.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-Commands.html
 */
function renderCommandsRule(
  context: RenderContext,
  _spec: CommandsRuleSpec,
  { name, inputs }: RulePlan,
): RenderedAction {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const inputStatements = inputs.length > 0 ? artifactReadStatements(artifactBucket) : [];
  const role = renderActionRole(new Construct(pattern, name), context, {
    id: 'Role',
    description: `Runs the rule ${name} of the pipeline ${pipelineName}`,
    policyName: 'Commands',
    statements: [...inputStatements, ...actionLogs()],
  });
  return { role, stepRole: { stepName: name, role } };
}
