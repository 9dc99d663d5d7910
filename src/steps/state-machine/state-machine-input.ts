import type { PipelineArtifact } from '../pipeline-artifact';

/** Describes an input as the user defines it. */
export type StateMachineInputContent =
  | { readonly kind: 'literal'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'file'; readonly artifact: PipelineArtifact; readonly path: string };

/**
 * Input of a state machine that tests.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 *
 * @example
 * declare const checks: stepfunctions.IStateMachine;
 * const source = PipelineSource.gitHub('acme/shop', 'main');
 * TestStep.stepFunction(checks, {
 *   input: StateMachineInput.literal({ commit: source.variable('CommitId'), depth: 3 }),
 * });
 */
export class StateMachineInput {
  /**
   * Passes values as a JSON object of at most 1000 characters. The outputs of the environment that the step tests are
   * added, e.g. `SITE_URL`. The values are stored in the template and in the execution history in plain text: never put
   * a secret here.
   */
  // jsii supports no type other than `any` for JSON values.
  public static literal(value: { [key: string]: any }): StateMachineInput {
    return new StateMachineInput({ kind: 'literal', value });
  }

  /**
   * Passes the contents of a JSON file of an artifact, without any additions.
   *
   * @param path path of the file in the artifact, e.g. `checks/input.json`
   */
  public static fromFile(artifact: PipelineArtifact, path: string): StateMachineInput {
    return new StateMachineInput({ kind: 'file', artifact, path });
  }

  private constructor(
    /** @internal */
    public readonly _content: StateMachineInputContent,
  ) {}
}
