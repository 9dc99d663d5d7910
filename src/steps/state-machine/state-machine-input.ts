import type { PipelineArtifact } from '../pipeline-artifact';

/** Describes an input, as the user writes it. */
export type StateMachineInputContent =
  | { readonly kind: 'literal'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'file'; readonly artifact: PipelineArtifact; readonly path: string };

/**
 * What an execution of a state machine gets.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-StepFunctions.html
 *
 * @example
 * declare const checks: stepfunctions.IStateMachine;
 * const source = PipelineSource.gitHub('acme/shop', 'main');
 * TestStep.stepFunction(checks, { input: StateMachineInput.literal({ commit: source.variable('CommitId'), depth: 3 }) });
 */
export class StateMachineInput {
  /**
   * These values, as JSON of at most 1000 characters. They stand in the template and in the history of the execution:
   * never put a secret here. What the environment tells of itself that the step tests is added, e.g. `SITE_URL`.
   */
  // `any`, because jsii knows no other word for what JSON may hold.
  public static literal(value: { [key: string]: any }): StateMachineInput {
    return new StateMachineInput({ kind: 'literal', value });
  }

  /**
   * A JSON file of an artifact. Nothing is added to it.
   *
   * @param path of the file in the artifact, e.g. `checks/input.json`
   */
  public static fromFile(artifact: PipelineArtifact, path: string): StateMachineInput {
    return new StateMachineInput({ kind: 'file', artifact, path });
  }

  private constructor(
    /** @internal */
    public readonly _content: StateMachineInputContent,
  ) {}
}
