import type { aws_lambda as lambda } from 'aws-cdk-lib';
import type { LambdaTestOptions } from './options';
import { commonStepFields, definedNames, inNamespacesOf, mapValues } from '../common-step-fields';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';
import type { ActionSpec } from '../../pipeline/action-spec';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { isResource, readTextRecord, readTexts } from '../../pipeline/option-readers';
import { namespaceOf } from '../../pipeline/variables';

/** Describes the invocation of a function that reports its result to the pipeline. */
export interface LambdaSpec extends ActionSpec {
  readonly kind: 'lambda';
  readonly function: lambda.IFunction;
  /** Parameters of the user; the outputs of the environment that the function tests are added. */
  readonly parameters: Readonly<Record<string, string>>;
}

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
    const options = this.options ?? {};
    const parameters = readTextRecord(options.parameters, problems.at('parameters')) ?? {};
    const exports = readTexts(options.exportedVariables, problems.at('exportedVariables'));
    const fix = 'pass a function, e.g. new lambda.Function(...)';
    const at = problems.at('testFunction');
    if (!isResource(this.testFunction, 'functionArn', 'a function', fix, at)) return [];
    const fields = commonStepFields(this.stepName, { ...options, inputs: options.inputs ?? [] }, context);
    const step: StepPlan<LambdaSpec> = {
      ...fields,
      provider: 'lambdaInvoke',
      outputs: options.makesArtifact ? [fields.name] : [],
      namespace: namespaceOf(fields.name),
      exports,
      configuration: parameterConfiguration(parameters),
      propNames: { UserParameters: 'parameters' },
      definedNames: definedNames('parameters', parameters),
      spec: {
        kind: 'lambda',
        function: this.testFunction,
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
