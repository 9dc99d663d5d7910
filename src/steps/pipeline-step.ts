import { PipelineArtifact } from './pipeline-artifact';
import type { ReleasedImage } from './built-image';
import { artifactName, type StepContext } from './step-context';
import { STEP_NAME } from '../aws/limits';
import type { StepPlan } from '../pipeline/pipeline-plan';

import { variableOf } from '../pipeline/variables';

/** What every step can be told. */
export interface StepOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete. Its action, its
   * artifact and, with `-vars` after it, the namespace of its variables are named like it; renaming it replaces what
   * was made for the step, such as a project.
   *
   * @default - the word of its kind, such as `Build` or `Test`
   */
  readonly stepName?: string;

  /**
   * The artifacts that it works on; the first is the one whose files it starts in.
   *
   * @default - the artifact of the first source
   */
  readonly inputs?: PipelineArtifact[];

  /**
   * Steps of the same stage that must succeed before this one starts, besides those whose artifacts and variables it
   * uses. Steps that need nothing of each other run at the same time.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/**
 * One thing that a pipeline does: a source, a build, a test, or an action of your own.
 *
 * Steps are values and create nothing until a pipeline is made of them.
 *
 * @example
 * const build = BuildStep.shell(['make', 'export VERSION=$(git describe)'], { exportedVariables: ['VERSION'], outputDirectory: 'out' });
 * const release = CustomStep.actionType(CustomActionCategory.DEPLOY, 'AcmeRelease', {
 *   inputs: [build.artifact],
 *   configuration: { Version: build.variable('VERSION') },
 * });
 */
export abstract class PipelineStep {
  /** Name of the step. */
  public readonly stepName: string;

  /** What it hands on. Steps that make no files have none; a pipeline that uses it all the same is refused. */
  public readonly artifact: PipelineArtifact;

  protected constructor(stepName: string, artifact = PipelineArtifact._of(stepName)) {
    this.stepName = stepName;
    this.artifact = artifact;
  }

  /**
   * A further artifact of the step.
   *
   * @param outputName the name that it was given among the outputs of the step
   */
  public artifactNamed(outputName: string): PipelineArtifact {
    return PipelineArtifact._of(artifactName(this.stepName, outputName));
  }

  /**
   * Returns the reference of a variable that the step produces, such as `#{Source-vars.CommitId}`. CodePipeline replaces
   * it by the value when an action starts. Use it in any prop that takes a string.
   *
   * @param key name of the variable, as AWS lists it for the kind of action or as a build exports it, e.g. `CommitId`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
   */
  public variable(key: string): string {
    return variableOf(this.stepName, key);
  }

  /**
   * Plans all actions of the step, and reports what is wrong with it as far as the step alone shows it. The main action
   * has the name of the step, and the variables are its. Without a name nothing can be planned.
   *
   * @internal
   */
  public _plan(context: StepContext): StepPlan[] {
    context.problems.at('stepName').name(this.stepName, STEP_NAME, 'rename the step');
    return typeof this.stepName === 'string' ? this._planActions(context) : [];
  }

  /**
   * The variables in which the step reports an image that it produces; undefined when it reports none.
   *
   * @internal
   */
  public _releasedImage(): ReleasedImage | undefined {
    return undefined;
  }

  /**
   * Returns the image that a step reports in variables of its own.
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
