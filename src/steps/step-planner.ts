import type { BuiltImage } from './built-image';
import type { StepContext } from './step-context';
import type { StepPlan } from '../pipeline/pipeline-plan';

/**
 * Plans a kind of step. Validation and planning are one pass: a problem is reported to the context, and the plan is
 * what can be planned.
 */
export interface StepPlanner {
  readonly stepName: string;
  /** Plans the actions of the step; none when what they need is missing. */
  plan(context: StepContext): StepPlan[];
}

/** Plans a kind of build, which may push an image. */
export interface BuildPlanner extends StepPlanner {
  /**
   * Name of the main artifact.
   *
   * @default - the name of the step
   */
  readonly artifactName?: string;
  /** Image that the step pushes, if it pushes one. */
  readonly image?: BuiltImage;
  /** Names of the variables that later steps may use, where the kind leaves them to the user. */
  readonly exportedVariables?: readonly string[];
}

/** Default name of a build. */
export const BUILD = 'Build';
