import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import { variableOf } from '../pipeline/variables';

/** Options of {@link PipelineVariable.ofPipeline}. */
export interface PipelineVariableOptions {
  /**
   * What the variable holds in a run that nobody gave a value: 1 to 1000 characters. A run that a push or an event
   * starts cannot give one, so a variable without a default makes such runs fail.
   *
   * @default - none: each run must be started by a person or a call that says it
   */
  readonly defaultValue?: string;

  /**
   * What the console shows beside the variable, at most 200 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * A value that only a run tells: a commit id, what a build found out, what somebody typed in when he started the run.
 *
 * As a text it is the literal that CodePipeline replaces when an action starts, such as `#{Source-vars.CommitId}`, and
 * so fits into every prop that takes a string. Texts that somebody can choose freely (commit messages, branches,
 * authors, exported and pipeline variables) are refused where a quote in them could become a command or break JSON; ids
 * and digests are not.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 *
 * @example
 * const source = PipelineSource.gitHub('acme/shop', 'main');
 * const note = PipelineVariable.ofPipeline('NOTE', { defaultValue: 'routine' });
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [source],
 *   variables: [note],
 *   stages: [
 *     PipelineStage.approval('Approve', Approval.manual({ text: `${note}: ${source.variable('CommitMessage')}` })),
 *     PipelineStage.steps('Build', [BuildStep.shell(['make'])]),
 *   ],
 * });
 */
export class PipelineVariable {
  /**
   * A variable of the pipeline as a whole. It must also be listed in the `variables` of the pipeline.
   *
   * @param variableName 1 to 128 letters, digits, `@`, `_` and `-`. Must be concrete
   */
  public static ofPipeline(variableName: string, options: PipelineVariableOptions = {}): PipelineVariable {
    return new PipelineVariable(`#{variables.${variableName}}`, { name: variableName, ...options });
  }

  /** The id of the run, a UUID. */
  public static executionId(): PipelineVariable {
    return new PipelineVariable('#{codepipeline.PipelineExecutionId}');
  }

  /** @internal */
  public static _of(literal: string): PipelineVariable {
    return new PipelineVariable(literal);
  }

  /** @internal */
  public static _ofStep(step: string, key: string): PipelineVariable {
    return new PipelineVariable(variableOf(step, key));
  }

  private constructor(
    private readonly literal: string,
    private readonly plan?: PipelineVariablePlan,
  ) {}

  /** The literal that CodePipeline replaces by the value. */
  public toString(): string {
    return this.literal;
  }

  /** @internal */
  public _plan(): PipelineVariablePlan | undefined {
    return this.plan;
  }
}
