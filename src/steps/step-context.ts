import type { Problems } from '../pipeline/problems';

/** Describes where a step stands, and collects what is wrong with it. */
export interface StepContext {
  /** Collector at the property that the step comes from. */
  readonly problems: Problems;
  /** Artifact that a step works on that was given no inputs. */
  readonly defaultInput: string;
  /** Environment that the step runs in and tests: its name gets that of the environment as a suffix. */
  readonly environment?: string;
  /**
   * Names of the tests of that environment, as the user gave them: a reference to one of them means the one beside it.
   */
  readonly siblings?: readonly string[];
}

/** Returns the name of a further artifact of a step. */
export function artifactName(step: string, output: string): string {
  return `${step}_${output}`;
}
