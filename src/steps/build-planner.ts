import type { BuiltImage } from './built-image';
import type { StepPlanner } from './step-planner';

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
