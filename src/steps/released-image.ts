/** The image that is released, as what CodePipeline substitutes when an action starts. */
export interface ReleasedImage {
  /** URI, pinned to the digest. */
  readonly uri: string;
  readonly digest: string;
}
