import { RULE_NAME } from '../aws/limits';
import type { ActionSpec, RulePlan } from '../pipeline/pipeline-plan';
import { ANY, type OptionTypes } from '../pipeline/read-options';
import { commonStepFields } from '../steps/common-step-fields';
import type { PipelineArtifact } from '../steps/pipeline-artifact';
import type { StepContext } from '../steps/step-context';

/** Options of every {@link Gate}. */
export interface GateOptions {
  /**
   * Name of the rule: 1 to 40 letters, digits, `_` and `-`. Must be concrete. It is prefixed with the names of the
   * stage and of the condition (`production-Entry-Freeze`). Required if a condition contains two gates of the same
   * kind. Changing the name replaces the resources of the rule.
   *
   * @default - the kind of the gate, such as `Alarm` or `Window`
   */
  readonly ruleName?: string;
}

/** Types of the options of every gate. The name is validated where it is planned. */
export const GATE_OPTIONS: OptionTypes<GateOptions> = { ruleName: ANY };

/** Describes the condition that contains a gate, and collects the problems of the gate. */
export interface GateContext extends StepContext {
  readonly stage: string;
  readonly condition: 'Entry' | 'Success' | 'Failure';
}

/**
 * Plans the rules of a gate. Validation and planning are one pass: problems are reported to the context, and the plan
 * contains everything that can be planned.
 */
export interface RulePlanner {
  plan(context: GateContext): RulePlan[];
}

/** Describes a rule whose plan contains the complete configuration. */
export interface PlainRuleSpec extends ActionSpec {
  readonly kind: 'plain-rule';
}

/** Returns the name of a rule among those of its condition, and reports a name that breaks its rule. */
export function planRuleName(options: GateOptions, defaultName: string, { problems }: GateContext): string {
  const { ruleName } = options;
  if (ruleName === undefined) return defaultName;
  problems.at('ruleName').name(ruleName, RULE_NAME, 'rename it');
  return typeof ruleName === 'string' ? ruleName : defaultName;
}

/** Returns the fields that all rules have. */
export function commonRuleFields(ruleName: string, context: GateContext, inputs: PipelineArtifact[] = []) {
  const { stage, condition } = context;
  return {
    ...commonStepFields(ruleName, { inputs }, context),
    name: `${stage}-${condition}-${ruleName}`,
    after: [],
    outputs: [],
  };
}
