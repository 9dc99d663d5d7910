import type { aws_lambda as lambda } from 'aws-cdk-lib';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import {
  LAMBDA_FUNCTION,
  readRequired,
  FLAG,
  type OptionTypes,
  readOptions,
  TEXT_RECORD,
  TEXTS,
} from '../../pipeline/read-options';
import { namespaceOf } from '../../pipeline/variables';
import { commonStepFields, definedNames, inNamespacesOf, mapValues } from '../common-step-fields';
import type { InvokeTestOptions } from '../invoke-test-options';
import type { PipelineArtifact } from '../pipeline-artifact';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';

/** Options of {@link TestStep.lambdaFunction}. */
export interface LambdaTestOptions extends InvokeTestOptions {
  /**
   * The artifacts that it is told of, at most 5. The event holds their places and credentials to read them.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];

  /**
   * What the function is told, as a JSON object in `UserParameters`; together at most 1000 characters. They stand in
   * the template and in the event: never put a secret here. What the environment tells of itself that the step tests is
   * added, e.g. `SITE_URL`.
   *
   * @default - nothing besides that
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Names of the variables that the function returns in `outputVariables` and that later steps may use, as
   * `step.variable('NAME')`.
   *
   * @default - any name is taken for one
   */
  readonly exportedVariables?: string[];
}

/** Describes the invocation of a function that reports its result to the pipeline. */
export interface LambdaSpec extends ActionSpec {
  readonly kind: 'lambda';
  readonly function: lambda.IFunction;
  /** Parameters of the user; the outputs of the environment that the function tests are added. */
  readonly parameters: Readonly<Record<string, string>>;
}

type OwnOptions = Pick<LambdaTestOptions, 'parameters' | 'exportedVariables' | 'producesArtifact'>;

const OPTION_TYPES: OptionTypes<OwnOptions> = {
  parameters: TEXT_RECORD,
  exportedVariables: TEXTS,
  producesArtifact: FLAG,
};

/** Plans the invocation of a function that tests. */
export class LambdaTest implements StepPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly testFunction: lambda.IFunction,
    private readonly options: LambdaTestOptions,
  ) {
    this.stepName = options?.stepName ?? 'Test';
  }

  public plan(context: StepContext): StepPlan[] {
    const { problems } = context;
    const { inputs = [], after } = this.options ?? {};
    const options = readOptions<OwnOptions>(this.options, OPTION_TYPES, problems);
    const { parameters = {}, exportedVariables, producesArtifact } = options;
    const testFunction = readRequired(this.testFunction, LAMBDA_FUNCTION, problems.at('testFunction'));
    if (!testFunction) return [];
    const fields = commonStepFields(this.stepName, { inputs, after }, context);
    const step: StepPlan<LambdaSpec> = {
      ...fields,
      provider: 'lambdaInvoke',
      outputs: producesArtifact ? [fields.name] : [],
      namespace: namespaceOf(fields.name),
      exports: exportedVariables,
      configuration: parameterConfiguration(parameters),
      propNames: { UserParameters: 'parameters' },
      definedNames: definedNames('parameters', parameters),
      spec: {
        kind: 'lambda',
        function: testFunction,
        parameters: mapValues(parameters, inNamespacesOf(context)),
      },
    };
    return [step];
  }
}

/** Returns the configuration of parameters that the user sets, if there are any. */
export function parameterConfiguration(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.keys(parameters).length > 0 ? { UserParameters: JSON.stringify(parameters) } : {};
}
