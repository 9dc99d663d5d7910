import type { BuiltImage } from './built-image';
import type { StepContext } from './step-context';
import type { StepPlan } from '../pipeline/pipeline-plan';

/** Plans a kind of build. Planning and validation are one pass: problems are reported to the context, and the plan is what can be planned. */
export interface BuildPlanner {
  readonly stepName: string;
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
  plan(context: StepContext): StepPlan[];
}

/** Default name of a build. */
export const BUILD = 'Build';
