/** Options of every {@link Gate}. */
export interface GateOptions {
  /**
   * Name of the rule: 1 to 40 letters, digits, `_` and `-`. Must be concrete. The name of the stage and the place are put in front
   * (`production-Entry-Freeze`). Needed where a condition holds two gates of a kind; changing it makes anew what was made for the rule.
   *
   * @default - the word of its kind, such as `Alarm` or `Window`
   */
  readonly ruleName?: string;
}
