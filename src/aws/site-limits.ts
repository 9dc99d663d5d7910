/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
export const SITE_LIMITS = {
  /** The maximum size of a CloudFront function, in bytes. */
  functionBytes: 10_240,
  /**
   * The maximum length of a part of a file, which is the value of an environment variable of a Commands action.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html#action-reference-Commands-envvars
   */
  filePart: 1000,
  /** The length that is assumed for the value of a token or a variable in a file. */
  tokenLength: 160,
  /** The maximum length of the path of a file, so that all paths fit into one command. */
  filePath: 80,
} as const;
