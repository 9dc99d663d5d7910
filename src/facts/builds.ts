/**
 * Build image of the builds that we make.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
export const STANDARD_IMAGE = {
  x86: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
  arm: 'aws/codebuild/amazonlinux-aarch64-standard:3.0',
} as const;
