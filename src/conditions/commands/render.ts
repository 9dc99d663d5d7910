import { Construct } from 'constructs';
import type { CommandsRuleSpec } from '../rule-specs';
import { renderActionRole } from '../../render/action-role';
import { artifactReadStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/**
 * Commands whose success is the condition, under a role of their own: whoever writes them shall not have what the pipeline may do.
 *
 * AWS's page says that the pipeline's role is used, while a rule has a property for a role; so both may write the log.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-Commands.html
 */
export const renderCommandsRule: ActionRenderer<CommandsRuleSpec> = (context, _work, rule) => {
  const { scope: pattern, artifactBucket, pipelineName, actionLogs } = context;
  const role = renderActionRole(new Construct(pattern, rule.name), context, {
    id: 'Role',
    description: `Runs the rule ${rule.name} of the pipeline ${pipelineName}`,
    policyName: 'Commands',
    statements: [...(rule.inputs.length > 0 ? artifactReadStatements(artifactBucket) : []), ...actionLogs()],
  });
  return { role, pipelineStatements: actionLogs() };
};

export const COMMANDS_RULE: ActionKind<CommandsRuleSpec> = {
  kind: 'commands-rule',
  render: renderCommandsRule,
};
