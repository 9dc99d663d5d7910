/**
 * The tool that publishes what asset manifests of a cloud assembly list: an npm package under Apache-2.0. It refuses manifests of a newer schema than
 * it knows.
 *
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/cdk-assets
 */
export const CDK_ASSETS = {
  version: '4.7.3',
  /** The newest schema of manifests that this version reads. */
  schema: 54,
} as const;

/** An exact version of an npm package. */
export const EXACT_VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
