import { PipelineArtifact } from './pipeline-artifact';
import type { ReleasedImage } from './built-image';
import { artifactName, type StepContext } from './step-context';
import { STEP_NAME } from '../aws/limits';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { variableOf } from '../pipeline/variables';

/** Options of every step. */
export interface StepOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete. The action and
   * the artifact of the step have the same name, and its variables have the namespace `<stepName>-vars`. Changing the
   * name replaces the resources of the step, such as its CodeBuild project.
   *
   * @default - a name for the kind of step, such as `Build` or `Test`
   */
  readonly stepName?: string;

  /**
   * Artifacts that the step reads. It starts in the folder of the first one.
   *
   * @default - the artifact of the first source
   */
  readonly inputs?: PipelineArtifact[];

  /**
   * Steps of the same stage that must succeed before this step starts, in addition to those whose artifacts or
   * variables it uses. Independent steps run in parallel.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/**
 * A step of a pipeline: a source, a build, a test, or a custom action.
 *
 * Steps are values. They create no resources until they are added to a pipeline.
 *
 * @example
 * const build = BuildStep.shell(['make', 'export VERSION=$(git describe)'], {
 *   exportedVariables: ['VERSION'],
 *   outputDirectory: 'out',
 * });
 * const release = CustomStep.actionType(CustomActionCategory.DEPLOY, 'AcmeRelease', {
 *   inputs: [build.artifact],
 *   configuration: { Version: build.variable('VERSION') },
 * });
 */
export abstract class PipelineStep {
  /** Name of the step. */
  public readonly stepName: string;

  /** Main artifact of the step. A pipeline cannot use the artifact of a step that produces none. */
  public readonly artifact: PipelineArtifact;

  protected constructor(stepName: string, artifact = PipelineArtifact._of(stepName)) {
    this.stepName = stepName;
    this.artifact = artifact;
  }

  /**
   * Returns an additional artifact of the step.
   *
   * @param outputName name of the output in the options of the step
   */
  public artifactNamed(outputName: string): PipelineArtifact {
    return PipelineArtifact._of(artifactName(this.stepName, outputName));
  }

  /**
   * Returns a reference to a variable that the step produces, such as `#{Source-vars.CommitId}`. CodePipeline replaces
   * it with the value when an action starts. Use it in any property that takes a string.
   *
   * @param key name of the variable that AWS documents for the action, or that a build exports, e.g. `CommitId`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
   */
  public variable(key: string): string {
    return variableOf(this.stepName, key);
  }

  /**
   * Plans all actions of the step, and validates everything that depends on the step alone. The main action has the
   * name of the step and its variables. Returns no actions if the step has no name.
   *
   * @internal
   */
  public _plan(context: StepContext): StepPlan[] {
    context.problems.at('stepName').name(this.stepName, STEP_NAME, 'rename the step');
    return typeof this.stepName === 'string' ? this._planActions(context) : [];
  }

  /**
   * Returns the variables in which the step reports an image, or undefined if it reports none.
   *
   * @internal
   */
  public _releasedImage(): ReleasedImage | undefined {
    return undefined;
  }

  /**
   * Returns an image that the step reports in two variables.
   *
   * @internal
   */
  protected _imageInVariables(uri: string, digest: string): ReleasedImage {
    return { uri: this.variable(uri), digest: this.variable(digest) };
  }

  /**
   * Plans the actions of this kind of step.
   *
   * @internal
   */
  protected abstract _planActions(context: StepContext): StepPlan[];
}
