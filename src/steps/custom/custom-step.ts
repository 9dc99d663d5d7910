import type { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { CustomActionCategory, CustomActionOptions, CustomTypeOptions } from './options';
import { CustomAction, CustomType, type CustomStepPlanner } from './plan';
import type { PipelineArtifact } from '../pipeline-artifact';
import { PipelineStep } from '../pipeline-step';
import type { StepContext } from '../step-context';
import type { StepPlan } from '../../pipeline/pipeline-plan';

/**
 * A step that no other class covers: an action of aws-codepipeline-actions, or a custom action type.
 *
 * @example
 * declare const action: codepipeline.IAction; // from aws-codepipeline-actions, or your own class
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [PipelineStage.steps('Deploy', [CustomStep.action(action)])],
 * });
 */
export class CustomStep extends PipelineStep {
  /**
   * Adds an action of aws-codepipeline-actions, or of a class that implements `IAction`. The name, namespace, inputs
   * and outputs are those of the action. Its run order is derived from its artifacts and from `after`. Unless the
   * action has a role, it runs under a separate role that has only the permissions that the action adds.
   *
   * To use an artifact of another step as an input, call {@link PipelineArtifact.toCodePipelineArtifact}. Other steps
   * use the outputs of the action as `step.artifact` (the first one) and `step.artifactNamed('Name')`, and its
   * variables as `step.variable('Name')` or by properties of the action, such as `action.variables`. The variables of
   * other steps that the action uses are not validated.
   *
   * @param action action in the account and Region of the pipeline; its name and the names of its artifacts must be
   * concrete
   */
  public static action(action: codepipeline.IAction, options: CustomActionOptions = {}): CustomStep {
    return new CustomStep(new CustomAction(action, options));
  }

  /**
   * Adds an action of a custom type that is registered in the account and Region of the pipeline, and that your own job
   * workers process, such as a Jenkins server with the CodePipeline plugin. CodePipeline does not charge for the
   * action. The action fails if no worker reports a result within 24 hours.
   *
   * @param typeName provider of the action type: 1 to 35 letters, digits, `_` and `-`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
   */
  public static actionType(
    category: CustomActionCategory,
    typeName: string,
    options: CustomTypeOptions = {},
  ): CustomStep {
    return new CustomStep(new CustomType(category, typeName, options));
  }

  private constructor(private readonly planner: CustomStepPlanner) {
    // JavaScript can call a private constructor; the pipeline reports such a step.
    super(planner?.stepName ?? 'Custom', planner?.artifact);
  }

  /**
   * Returns an additional artifact of the step.
   *
   * @param outputName name of the artifact for an action of aws-codepipeline-actions, otherwise the name of the output
   * in the options of the step
   */
  public override artifactNamed(outputName: string): PipelineArtifact {
    return this.planner.artifactNamed?.(outputName) ?? super.artifactNamed(outputName);
  }

  /**
   * Returns the reference of a variable that the step produces.
   *
   * @param key name of the variable that AWS documents for the action
   */
  public override variable(key: string): string {
    return this.planner.variable?.(key) ?? super.variable(key);
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    return this.planner.plan(context);
  }
}
