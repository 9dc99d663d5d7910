/**
 * Build image and runtime of the builds that we make.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html
 */
export const STANDARD_IMAGE = 'aws/codebuild/amazonlinux-x86_64-standard:5.0';

/** Node.js versions that the standard image carries. @see https://docs.aws.amazon.com/codebuild/latest/userguide/available-runtimes.html */
export const NODE_VERSIONS = ['18', '20', '22'] as const;

/** Formats of report files. @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html#build-spec.reports.file-format */
export const REPORT_FORMATS = {
  tests: 'JUNITXML',
  coverage: 'CLOVERXML',
} as const;
