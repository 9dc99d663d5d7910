import type { BuiltImage } from './built-image';
import type { StepContext } from './step-context';
import type { StepPlan } from '../pipeline/pipeline-plan';

/** Plans and validates a kind of step in one pass: problems go to the context, and the result contains the rest. */
export interface StepPlanner {
  readonly stepName: string;
  /** Set for a test that runs in the account and Region of its environment. */
  readonly inTestedEnv?: boolean;
  /** Plans the actions of the step. Returns none if required values are missing. */
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
  /** Set for a build that certainly writes no description of an image. */
  readonly writesNoImage?: boolean;
  /** Image that the step pushes, if it pushes one. */
  readonly image?: BuiltImage;
  /** Names of exported variables, for kinds of builds whose users choose them. */
  readonly exportedVariables?: readonly string[];
}

/** Default name of a build. */
export const BUILD = 'Build';
