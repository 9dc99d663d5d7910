/** What every source can be told. */
export interface SourceOptions {
  /**
   * Name of the step: 1 to 60 letters, digits, `_` and `-`, unique in the pipeline. Must be concrete. Its artifact and, with `-vars` after it, the
   * namespace of its variables are named like it.
   *
   * @default 'Source'
   */
  readonly stepName?: string;
}
