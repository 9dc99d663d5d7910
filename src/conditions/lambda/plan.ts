import type { aws_lambda as lambda } from 'aws-cdk-lib';
import { RULE_PROVIDERS } from '../../aws/rule-providers';
import type { ActionSpec, RulePlan, StepPlan } from '../../pipeline/pipeline-plan';
import { LAMBDA_FUNCTION, readRequired, readValue, TEXT_RECORD } from '../../pipeline/read-options';
import { definedNames, namespaceReplacer, mapValues, withEnvironmentNamespaces } from '../../steps/common-step-fields';
import { parameterConfiguration, shortTimeout } from '../../steps/lambda/plan';
import type { PipelineArtifact } from '../../steps/pipeline-artifact';
import { type GateOptions, commonRuleFields, planRuleName, type GateContext, type RulePlanner } from '../rule-planner';

/** Options of {@link Gate.lambdaFunction}. */
export interface LambdaGateOptions extends GateOptions {
  /**
   * Parameters of the function, passed as a JSON object in `UserParameters`; together at most 1000 characters. They are
   * stored in the template and contained in the event: do not pass secrets. In the success condition of an environment,
   * the outputs of the environment are added, e.g. `SITE_URL`.
   *
   * @default - no parameters besides these outputs
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Input artifacts of the rule, at most 5.
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
  /** Stage that is added to the parameters, together with the pipeline. */
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
    const fields = commonRuleFields(ruleName, context, options.inputs);
    const rule: StepPlan<LambdaRuleSpec> = {
      ...fields,
      provider: RULE_PROVIDERS.lambdaInvoke,
      configuration: parameterConfiguration(parameters),
      propNames: { UserParameters: 'parameters' },
      definedNames: definedNames('parameters', parameters),
      spec: {
        kind: 'lambda-rule',
        function: gateFunction,
        parameters: mapValues(parameters, namespaceReplacer(context)),
        stage: this.more.receivesStage === true ? stage : undefined,
      },
      warnings: shortTimeout(fields.name, gateFunction),
    };
    return [withEnvironmentNamespaces(rule, context)];
  }
}
