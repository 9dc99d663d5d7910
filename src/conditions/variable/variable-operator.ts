/**
 * How a variable is compared.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html
 */
export enum VariableOperator {
  /** It is that text. */
  EQUALS = 'EQ',
  /** It is another text. */
  NOT_EQUALS = 'NE',
  /** It holds that text somewhere. */
  CONTAINS = 'CONTAINS',
  /**
   * It matches that regular expression of Java. Whether all of it must match is not documented: `^v2$` and `^.*v2.*$` mean the same either way.
   */
  MATCHES = 'MATCHES',
}
