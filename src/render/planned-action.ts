import { aws_codepipeline as codepipeline, Duration, type aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { RenderedAction, RenderContext } from './rendered';
import { providerOf } from '../aws/action-providers';
import type { ActionPlan } from '../pipeline/pipeline-plan';
import { namespaceOf } from '../pipeline/variables';

/** Adapts a planned action to aws-codepipeline. The plan determines everything, so one class serves all providers. */
export class PlannedAction extends codepipeline.Action {
  protected readonly providedActionProperties: codepipeline.ActionProperties;
  private readonly configuration: Record<string, string>;

  public constructor(plan: ActionPlan, rendered: RenderedAction) {
    super();
    const { category, owner, provider, version, inputs, outputs } = providerOf(plan);
    const exports = rendered.exports ?? (plan.commands && plan.exports) ?? [];
    this.configuration = { ...plan.configuration, ...rendered.configuration };
    this.providedActionProperties = {
      actionName: plan.name,
      category: category as codepipeline.ActionCategory,
      owner,
      provider,
      version,
      artifactBounds: {
        minInputs: inputs.min,
        maxInputs: inputs.max,
        minOutputs: outputs.min,
        maxOutputs: outputs.max,
      },
      inputs: plan.inputs.map((name) => codepipeline.Artifact.artifact(name)),
      outputs: plan.outputs.map((name) => codepipeline.Artifact.artifact(name, plan.files && [...plan.files])),
      runOrder: plan.runOrder,
      variablesNamespace: plan.namespace ?? (rendered.exports && namespaceOf(plan.name)),
      timeout: plan.timeoutMinutes === undefined ? undefined : Duration.minutes(plan.timeoutMinutes),
      role: rendered.role,
      region: rendered.region,
      commands: rendered.commands ?? plan.commands?.slice(),
      outputVariables: exports.length > 0 ? [...exports] : undefined,
    };
  }

  protected bound(
    _scope: Construct,
    _stage: codepipeline.IStage,
    _options: codepipeline.ActionBindOptions,
  ): codepipeline.ActionConfig {
    return { configuration: Object.keys(this.configuration).length > 0 ? this.configuration : undefined };
  }
}

/** Returns the configuration of an action or a rule that invokes a function. Parameters may contain tokens. */
export function functionCall(
  { scope }: RenderContext,
  { functionName }: lambda.IFunction,
  parameters: Readonly<Record<string, string>>,
): Record<string, string> {
  if (Object.keys(parameters).length === 0) return { FunctionName: functionName };
  return { FunctionName: functionName, UserParameters: Stack.of(scope).toJsonString(parameters) };
}
