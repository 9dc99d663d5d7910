import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { enumOf, readOptions, readRequired, TEXT, typeOf } from '../../pipeline/read-options';
import { withEnvironmentNamespaces } from '../../steps/common-step-fields';
import {
  GATE_OPTIONS,
  type GateOptions,
  commonRuleFields,
  planRuleName,
  type GateContext,
  type PlainRuleSpec,
  type RulePlanner,
} from '../rule-planner';

interface VariableComparison {
  readonly variable: string;
  readonly comparison: VariableOperator;
  readonly value: string;
}

const VARIABLE = typeOf(
  "the reference of one variable, such as '#{Source-vars.BranchName}'",
  "use step.variable('NAME'), or reference() of a PipelineVariable",
  (value) => typeof value === 'string' && /^#\{[^{}]+\}$/.test(value.replace(/\$\{Token\[[^\]]*\]\}/, 'token')),
);

/** Plans a rule that compares a variable. */
export class VariableRule implements RulePlanner {
  public constructor(
    private readonly comparison: VariableComparison,
    private readonly options: GateOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems } = context;
    const ruleName = planRuleName(readOptions(this.options, GATE_OPTIONS, problems), 'Variable', context);
    const variable = readRequired(this.comparison.variable, VARIABLE, problems.at('variable'));
    const comparison = readRequired(this.comparison.comparison, enumOf(VariableOperator), problems.at('comparison'));
    const value = readRequired(this.comparison.value, TEXT, problems.at('value'));
    if (variable === undefined || comparison === undefined || value === undefined) return [];
    const rule: StepPlan<PlainRuleSpec> = {
      ...commonRuleFields(ruleName, context),
      provider: RULE_PROVIDERS.variableCheck,
      configuration: { Variable: variable, Operator: comparison, Value: value },
      propNames: { Variable: 'variable', Operator: 'comparison', Value: 'value' },
      spec: { kind: 'plain-rule' },
    };
    return [withEnvironmentNamespaces(rule, context)];
  }
}

/**
 * Comparison of a variable with a value.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html
 */
export enum VariableOperator {
  /** The variable equals the value. */
  EQUALS = 'EQ',
  /** The variable does not equal the value. */
  NOT_EQUALS = 'NE',
  /** The variable contains the value. */
  CONTAINS = 'CONTAINS',
  /**
   * The variable matches a Java regular expression. It is not documented whether the expression must match the whole
   * variable; anchored expressions such as `^v2$` and `^.*v2.*$` are unambiguous.
   */
  MATCHES = 'MATCHES',
}
