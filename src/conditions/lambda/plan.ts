import type { aws_lambda as lambda } from 'aws-cdk-lib';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec, RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { LAMBDA_FUNCTION, readRequired, readValue, TEXT_RECORD } from '../../pipeline/read-options';
import { definedNames, inNamespacesOf, mapValues, withVariablesOf } from '../../steps/common-step-fields';
import { parameterConfiguration } from '../../steps/lambda/plan';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import { type GateOptions, commonRuleFields, planRuleName, type GateContext, type RulePlanner } from '../rule-planner';

/** Options of {@link Gate.lambdaFunction}. */
export interface LambdaGateOptions extends GateOptions {
  /**
   * What the function is told, as a JSON object in `UserParameters`; together at most 1000 characters. They stand in
   * the template and in the event: never put a secret here. On the success of an environment, what it tells of itself
   * is added, e.g. `SITE_URL`.
   *
   * @default - nothing besides that
   */
  readonly parameters?: { [name: string]: string };

  /**
   * The artifacts that it is told of, at most 5.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];
}

/** Describes a rule that invokes a function. */
export interface LambdaRuleSpec extends ActionSpec {
  readonly kind: 'lambda-rule';
  readonly function: lambda.IFunction;
  readonly parameters: Readonly<Record<string, string>>;
  /** Stage that the function receives, with the pipeline, among its parameters. */
  readonly stage?: string;
}

/** Plans a rule that invokes a function. */
export class LambdaRule implements RulePlanner {
  public constructor(
    private readonly gateFunction: lambda.IFunction,
    private readonly options: LambdaGateOptions,
    private readonly more: { readonly receivesStage?: boolean } = {},
  ) {}

  public plan(context: GateContext): RulePlan[] {
    const { problems, stage } = context;
    const options = this.options ?? {};
    const ruleName = planRuleName(options, 'Function', context);
    const parameters = readValue(options.parameters, TEXT_RECORD, problems.at('parameters')) ?? {};
    const gateFunction = readRequired(this.gateFunction, LAMBDA_FUNCTION, problems.at('gateFunction'));
    if (!gateFunction) return [];
    const rule: StepPlan<LambdaRuleSpec> = {
      ...commonRuleFields(ruleName, context, options.inputs),
      provider: RULE_PROVIDERS.lambdaInvoke,
      configuration: parameterConfiguration(parameters),
      propNames: { UserParameters: 'parameters' },
      definedNames: definedNames('parameters', parameters),
      spec: {
        kind: 'lambda-rule',
        function: gateFunction,
        parameters: mapValues(parameters, inNamespacesOf(context)),
        ...(this.more.receivesStage && { stage }),
      },
    };
    return [withVariablesOf(context, rule)];
  }
}
