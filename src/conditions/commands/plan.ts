import type { CommandsGateOptions } from './options';
import { commonRuleFields, planRuleName, type GateContext, type RulePlanner } from '../rule-planner';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec } from '../../pipeline/action-spec';
import type { RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { NAME_COMMANDS, readCommands } from '../../steps/validate-commands';

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
    const commands = readCommands(this.commands, context.problems.at('commands'), NAME_COMMANDS);
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
