import type { aws_codepipeline as codepipeline } from 'aws-cdk-lib';
import type { CustomActionCategory, CustomActionOptions, CustomTypeOptions } from './options';
import { CustomAction, CustomType, type CustomStepPlanner } from './plan';
import type { PipelineArtifact } from '../pipeline-artifact';
import { PipelineStep } from '../pipeline-step';
import type { StepContext } from '../step-context';
import type { StepPlan } from '../../pipeline/pipeline-plan';

/**
 * A step that no other class describes: an action of aws-codepipeline-actions, or an action type of your own.
 *
 * @example
 * declare const action: codepipeline.IAction; // from aws-codepipeline-actions, or a class of yours
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [PipelineStage.steps('Deploy', [CustomStep.action(action)])],
 * });
 */
export class CustomStep extends PipelineStep {
  /**
   * An action of aws-codepipeline-actions, or of a class that implements `IAction`. Name, namespace, inputs and outputs
   * are the action's own; its run order follows from its artifacts and from `after`. It runs under a role of its own,
   * which gets what the action asks for and nothing else, unless it brings a role.
   *
   * Its inputs are those of other steps by {@link PipelineArtifact.toCodePipelineArtifact}. What it makes is for other
   * steps `step.artifact` (the first) and `step.artifactNamed('Name')`; its variables are `step.variable('Name')` or
   * what the action itself gives, such as `action.variables`. Which variables of other steps it uses is not looked at:
   * check them yourself.
   *
   * @param action its name and the names of its artifacts must be concrete; its account and region must be those of the
   * pipeline
   */
  public static action(action: codepipeline.IAction, options: CustomActionOptions = {}): CustomStep {
    return new CustomStep(new CustomAction(action, options));
  }

  /**
   * An action of a type that you registered in the account and region of the pipeline, done by your own workers, such
   * as a Jenkins server with the plug-in of CodePipeline. CodePipeline does not charge for it; a worker that does not
   * answer within 24 hours fails it.
   *
   * @param typeName the provider of the action type: 1 to 35 letters, digits, `_` and `-`
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
    super(planner.stepName, planner.artifact);
  }

  /**
   * A further artifact of the step.
   *
   * @param outputName for an action of aws-codepipeline-actions the name of the artifact, otherwise the name that it
   * was given among the outputs of the step
   */
  public override artifactNamed(outputName: string): PipelineArtifact {
    return this.planner.artifactNamed?.(outputName) ?? super.artifactNamed(outputName);
  }

  /**
   * Returns the reference of a variable that the step produces.
   *
   * @param key name of the variable, as AWS lists it for the kind of action
   */
  public override variable(key: string): string {
    return this.planner.variable?.(key) ?? super.variable(key);
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    return this.planner.plan(context);
  }
}
