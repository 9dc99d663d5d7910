import { RULE_NAME } from '../aws/limits';
import type { ActionSpec, RulePlan } from '../pipeline/pipeline-plan';
import { commonStepFields } from '../steps/common-step-fields';
import type { PipelineArtifact } from '../steps/pipeline-artifact';
import type { StepContext } from '../steps/step-context';

/** Options of every {@link Gate}. */
export interface GateOptions {
  /**
   * Name of the rule: 1 to 40 letters, digits, `_` and `-`. Must be concrete. The name of the stage and the place are
   * put in front (`production-Entry-Freeze`). Needed where a condition holds two gates of a kind; changing it makes
   * anew what was made for the rule.
   *
   * @default - the word of its kind, such as `Alarm` or `Window`
   */
  readonly ruleName?: string;
}

/** Describes the condition that a gate belongs to, and collects what is wrong with the gate. */
export interface GateContext extends StepContext {
  readonly stage: string;
  readonly condition: 'Entry' | 'Success' | 'Failure';
}

/**
 * Plans a kind of gate. Validation and planning are one pass: a problem is reported to the context, and the plan is
 * what can be planned.
 */
export interface RulePlanner {
  plan(context: GateContext): RulePlan[];
}

/** Describes a rule whose configuration the plan has completely. */
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

/** Returns the fields that all rules have: where a rule is, and what it works on. */
export function commonRuleFields(ruleName: string, context: GateContext, inputs: PipelineArtifact[] = []) {
  const { stage, condition } = context;
  return {
    ...commonStepFields(ruleName, { inputs }, context),
    name: `${stage}-${condition}-${ruleName}`,
    after: [],
    outputs: [],
  };
}
