import type { PipelineStep, StepOptions } from '../pipeline-step';

/** Options of {@link CustomStep.action}. */
export interface CustomActionOptions {
  /**
   * Steps of the same stage that must succeed before this step starts, in addition to those whose artifacts it uses.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/** Category of a custom action type. */
export enum CustomActionCategory {
  /** The action builds. */
  BUILD = 'Build',
  /** The action tests. */
  TEST = 'Test',
  /** The action deploys. */
  DEPLOY = 'Deploy',
  /** The action does anything else. */
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
   * Configuration of the action: keys of 1 to 50 characters, values of 1 to 1000 characters. Values can contain
   * variables of earlier steps. They are stored in the template in plain text: never put a secret here.
   *
   * @default - none
   */
  readonly configuration?: { [key: string]: string };

  /**
   * Produces an artifact for later steps.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;
}
