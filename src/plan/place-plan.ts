/** Account and region of something that exists or will: tokens, or left out, where they are not known yet. */
export interface PlacePlan {
  readonly account?: string;
  readonly region?: string;
}
