/**
 * Lists the bootstrap roles that `cdk deploy` assumes: one deploys stacks, two publish assets, one looks up resources.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html#bootstrapping-env-roles
 */
export const BOOTSTRAP_PURPOSES = ['deploy', 'file-publishing', 'image-publishing', 'lookup'] as const;

/** Returns the name of a bootstrap role of the default synthesizer. */
export function bootstrapRoleName(
  purpose: (typeof BOOTSTRAP_PURPOSES)[number],
  { qualifier, account, region }: { qualifier: string; account: string; region: string },
) {
  return `cdk-${qualifier}-${purpose}-role-${account}-${region}`;
}

/** Matches an exact version of the CDK CLI. */
export const CLI_VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/**
 * Pins the npm package that publishes the assets of a cloud assembly (license Apache-2.0). It rejects manifests with a
 * newer schema.
 *
 * @see https://github.com/aws/aws-cdk-cli/tree/main/packages/cdk-assets
 */
export const CDK_ASSETS = {
  version: '4.7.3',
  /** The newest manifest schema that this version supports. */
  schema: 54,
} as const;

/** Matches an exact version of an npm package. */
export const EXACT_VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
