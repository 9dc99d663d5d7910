import type { Problems } from '../pipeline/problems';

/** Describes the context in which a step is planned. */
export interface StepContext {
  /** Collector at the property that the step comes from. */
  readonly problems: Problems;
  /** Artifact that a step without configured inputs reads. */
  readonly defaultInput: string;
  /** Environment that the step tests. The name of the step gets the name of the environment as a suffix. */
  readonly environment?: string;
  /**
   * Names of all tests of the environment, as the user wrote them. A reference to one of them means the test in the
   * same environment.
   */
  readonly siblings?: readonly string[];
}

/** Returns the name of an additional artifact of a step. */
export function artifactName(step: string, output: string): string {
  return `${step}_${output}`;
}
