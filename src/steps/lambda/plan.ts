import { CfnResource, type aws_lambda as lambda } from 'aws-cdk-lib';
import type { ActionSpec, StepPlan, SynthWarning } from '../../pipeline/pipeline-plan';
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
import { commonStepFields, definedNames, mainOutput, mapValues, namespaceReplacer } from '../common-step-fields';
import type { InvokeTestOptions } from '../invoke-test-options';
import type { PipelineArtifact } from '../pipeline-artifact';
import type { StepContext } from '../step-context';
import type { StepPlanner } from '../step-planner';

/** Options of {@link TestStep.lambdaFunction}. */
export interface LambdaTestOptions extends InvokeTestOptions {
  /**
   * Artifacts whose locations the event contains, with credentials to read them. At most 5.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];

  /**
   * Parameters of the function, passed as a JSON object in `UserParameters`, at most 1000 characters in total. The
   * outputs of the environment that the step tests are added, e.g. `SITE_URL`. Parameters are stored in the template
   * and the event in plain text: never put a secret here.
   *
   * @default - only the outputs of the environment
   */
  readonly parameters?: { [name: string]: string };

  /**
   * Names of the variables that the function returns in `outputVariables`, and that later steps can use as
   * `step.variable('NAME')`.
   *
   * @default - names are not validated
   */
  readonly exportedVariables?: string[];
}

/** Describes the invocation of a function that reports its result to CodePipeline. */
export interface LambdaSpec extends ActionSpec {
  readonly kind: 'lambda';
  readonly function: lambda.IFunction;
  /** Parameters of the user. The outputs of the tested environment are added when the step is rendered. */
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
      outputs: mainOutput(fields.name, producesArtifact),
      namespace: namespaceOf(fields.name),
      exports: exportedVariables,
      configuration: parameterConfiguration(parameters),
      propNames: { UserParameters: 'parameters' },
      definedNames: definedNames('parameters', parameters),
      spec: {
        kind: 'lambda',
        function: testFunction,
        parameters: mapValues(parameters, namespaceReplacer(context)),
      },
      warnings: shortTimeout(fields.name, testFunction),
    };
    return [step];
  }
}

/**
 * Returns an information about a function of the app with the default timeout, which is short for a test. A function
 * that times out reports no result.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
 */
export function shortTimeout(name: string, invoked: lambda.IFunction): SynthWarning[] {
  const resource = invoked.node?.defaultChild;
  if (!CfnResource.isCfnResource(resource) || resource.cfnResourceType !== 'AWS::Lambda::Function') return [];
  if ((resource as lambda.CfnFunction).timeout !== undefined) return [];
  return [
    {
      id: `lambda-timeout[${name}]`,
      informational: true,
      text:
        `The function ${invoked.node.path} of '${name}' has the default timeout of 3 seconds. If it times out, it ` +
        'reports no result, and the action waits 20 minutes before it fails. Set its timeout, e.g. to 30 seconds.',
    },
  ];
}

/** Returns the configuration with the parameters of the user, if there are any. */
export function parameterConfiguration(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.keys(parameters).length > 0 ? { UserParameters: JSON.stringify(parameters) } : {};
}
