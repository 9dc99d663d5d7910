import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec, RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { type OptionTypes, readOptions } from '../../pipeline/read-options';
import { STEP_OPTIONS } from '../../steps/common-step-fields';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import { ADD_COMMAND, readCommands } from '../../steps/read-commands';
import {
  GATE_OPTIONS,
  type GateOptions,
  commonRuleFields,
  planRuleName,
  type GateContext,
  type RulePlanner,
} from '../rule-planner';

/** Options of {@link Gate.commands}. */
export interface CommandsGateOptions extends GateOptions {
  /**
   * Input artifacts of the commands, at most 10.
   *
   * @default - the artifact of the first source
   */
  readonly inputs?: PipelineArtifact[];
}

/** Describes a rule that runs commands. */
export interface CommandsRuleSpec extends ActionSpec {
  readonly kind: 'commands-rule';
}

const OPTION_TYPES: OptionTypes<CommandsGateOptions> = { ...GATE_OPTIONS, inputs: STEP_OPTIONS.inputs };

/** Plans a rule that runs commands on CodePipeline-managed compute. */
export class CommandsRule implements RulePlanner {
  public constructor(
    private readonly commands: readonly string[],
    private readonly options: CommandsGateOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { defaultInput } = context;
    const { inputs, ...options } = readOptions(this.options, OPTION_TYPES, context.problems);
    const ruleName = planRuleName(options, 'Commands', context);
    const commands = readCommands(this.commands, context.problems.at('commands'), ADD_COMMAND);
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
