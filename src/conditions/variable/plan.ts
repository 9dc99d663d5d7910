import { VariableOperator } from './variable-operator';
import type { GateOptions } from '../gate-options';
import {
  commonRuleFields,
  planRuleName,
  type GateContext,
  type PlainRuleSpec,
  type RulePlanner,
} from '../rule-planner';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { readChoice, readText } from '../../pipeline/option-readers';
import { withVariablesOf } from '../../steps/common-step-fields';
import { PipelineVariable } from '../../steps/pipeline-variable';

interface VariableComparison {
  readonly variable: PipelineVariable;
  readonly comparison: VariableOperator;
  readonly value: string;
}

/** Plans a rule that compares a variable. */
export class VariableRule implements RulePlanner {
  public constructor(
    private readonly comparison: VariableComparison,
    private readonly options: GateOptions,
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems } = context;
    const { variable, comparison, value } = this.comparison;
    const ruleName = planRuleName(this.options ?? {}, 'Variable', context);
    const isVariable = variable instanceof PipelineVariable;
    if (!isVariable) {
      problems.at('variable').add('be a PipelineVariable', variable, "use e.g. source.variable('BranchName')");
    }
    const at = problems.at('comparison');
    const isCompared = at.required('a VariableOperator', comparison, 'use e.g. VariableOperator.EQUALS');
    const operator = isCompared ? readChoice(comparison, VariableOperator, at) : undefined;
    const isGiven = problems.at('value').required('a string', value, 'say what the variable is compared with');
    const text = isGiven ? readText(value, problems.at('value')) : undefined;
    if (!isVariable || operator === undefined || text === undefined) return [];
    const rule: StepPlan<PlainRuleSpec> = {
      ...commonRuleFields(ruleName, context),
      provider: RULE_PROVIDERS.variableCheck,
      configuration: { Variable: `${variable}`, Operator: operator, Value: text },
      propNames: { Variable: 'variable', Operator: 'comparison', Value: 'value' },
      spec: { kind: 'plain-rule' },
    };
    return [withVariablesOf(context, rule)];
  }
}
