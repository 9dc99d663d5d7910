/** Account and Region of a resource or an environment: tokens, or left out, where they are not known yet. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}
