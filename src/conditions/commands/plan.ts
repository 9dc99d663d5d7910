import type { CommandsGateOptions } from './options';
import { commonRuleFields, planRuleName, type GateContext, type RulePlanner } from '../rule-planner';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec } from '../../pipeline/action-spec';
import type { RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { readRequired } from '../../pipeline/option-types';
import { TEXTS } from '../../pipeline/read-options';
import { checkCommandList } from '../../steps/plan-managed';

/** Describes a rule that runs commands. */
export interface CommandsRuleSpec extends ActionSpec {
  readonly kind: 'commands-rule';
}

/** Plans a rule that runs commands on compute of CodePipeline. */
export class CommandsRule implements RulePlanner {
  public constructor(
    private readonly commands: readonly string[],
    private readonly options: CommandsGateOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { defaultInput } = context;
    const { inputs, ...options } = this.options ?? {};
    const ruleName = planRuleName(options, 'Commands', context);
    const at = context.problems.at('commands');
    const commands = readRequired(this.commands, TEXTS, at);
    if (!commands) return [];
    at.addAll(checkCommandList(at.path, commands));
    const fields = commonRuleFields(ruleName, context, inputs);
    const rule: StepPlan<CommandsRuleSpec> = {
      ...fields,
      inputs: inputs === undefined ? [defaultInput] : fields.inputs,
      provider: RULE_PROVIDERS.commands,
      configuration: {},
      commands,
      spec: { kind: 'commands-rule' },
    };
    return [rule];
  }
}
