import type { PipelineStep, StepOptions } from '../pipeline-step';

/** Options of {@link CustomStep.action}. */
export interface CustomActionOptions {
  /**
   * Steps of the same stage that must succeed before this one starts, besides those whose artifacts it uses.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/** What an action type of your own does. */
export enum CustomActionCategory {
  /** It builds. */
  BUILD = 'Build',
  /** It tests. */
  TEST = 'Test',
  /** It deploys. */
  DEPLOY = 'Deploy',
  /** It does something else. */
  INVOKE = 'Invoke',
}

/** Options of {@link CustomStep.actionType}. */
export interface CustomTypeOptions extends StepOptions {
  /**
   * Version of the action type: 1 to 9 letters, digits, `_` and `-`.
   *
   * @default '1'
   */
  readonly typeVersion?: string;

  /**
   * The values of the type's configuration, 1 to 1000 characters each; keys have 1 to 50. They may hold variables of
   * earlier steps. They stand in the template as they are: never put a secret here.
   *
   * @default - none
   */
  readonly configuration?: { [key: string]: string };

  /**
   * The action makes files for later steps.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;
}
