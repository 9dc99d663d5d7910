/** What a pattern tells a step about its surroundings. */
export interface StepContext {
  /** The artifact that a step works on which was given no inputs. */
  readonly defaultInput: string;
  /** The step runs in this environment and tests it: its name gets that of the environment as a suffix. */
  readonly environment?: string;
  /** The names of the tests of that environment, as they were given: what refers to one of them means the one beside it. */
  readonly siblings?: readonly string[];
}

/** The name of a further artifact of a step. */
export const artifactName = (step: string, output: string) => `${step}_${output}`;
