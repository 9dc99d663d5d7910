import type { PipelineVariablePlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { type OptionTypes, readOptions, TEXT } from '../pipeline/read-options';

/** Options of a {@link PipelineVariable}. */
export interface PipelineVariableOptions {
  /**
   * Value in executions that do not provide one: 1 to 1000 characters. An execution that a push or an event starts
   * cannot provide a value, so it fails if the variable has no default.
   *
   * @default - none: each execution must be started by a person or a call that provides the value
   */
  readonly defaultValue?: string;

  /**
   * Description that the console shows beside the variable, at most 200 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

/**
 * A variable of the pipeline as a whole, whose value is provided when an execution starts.
 *
 * List it in the `variables` of the pipeline and use {@link reference} in any prop that takes a string. CodePipeline
 * replaces the reference when an action starts. Variables that steps produce need no declaration:
 * `step.variable('CommitId')` returns their reference.
 *
 * Values that people choose freely (commit messages, branches, authors, exported and pipeline variables) are an error
 * where a quote in them could become a command or break JSON; ids and digests are not.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 *
 * @example
 * const source = PipelineSource.gitHub('acme/shop', 'main');
 * const note = new PipelineVariable('NOTE', { defaultValue: 'routine' });
 * const comment = `${note.reference()}: ${source.variable('CommitMessage')}`;
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [source],
 *   variables: [note],
 *   stages: [
 *     PipelineStage.approval('Approve', Approval.manual({ comment })),
 *     PipelineStage.steps('Build', [BuildStep.shell(['make'])]),
 *   ],
 * });
 */
export class PipelineVariable {
  /** Returns the reference of the id of the execution, a UUID: `#{codepipeline.PipelineExecutionId}`. */
  public static executionId(): string {
    return '#{codepipeline.PipelineExecutionId}';
  }

  /** Name of the variable. */
  public readonly variableName: string;

  private readonly options: PipelineVariableOptions;

  /**
   * @param variableName 1 to 128 letters, digits, `@`, `_` and `-`, unique in the pipeline. Must be concrete
   */
  public constructor(variableName: string, options: PipelineVariableOptions = {}) {
    this.variableName = variableName;
    this.options = options;
  }

  /** Returns the text that CodePipeline replaces by the value, such as `#{variables.NOTE}`. */
  public reference(): string {
    return `#{variables.${this.variableName}}`;
  }

  /**
   * Plans the variable, and reports options of wrong types.
   *
   * @internal
   */
  public _plan(problems: Problems): PipelineVariablePlan {
    return { name: this.variableName, ...readOptions(this.options, OPTION_TYPES, problems) };
  }
}

const OPTION_TYPES: OptionTypes<PipelineVariableOptions> = { defaultValue: TEXT, description: TEXT };
