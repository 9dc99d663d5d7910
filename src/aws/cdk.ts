/**
 * Roles of `cdk bootstrap` that `cdk deploy` takes on: one that works on stacks, two that publish what stacks need, one
 * that looks at what is there.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html#bootstrapping-env-roles
 */
export const BOOTSTRAP_PURPOSES = ['deploy', 'file-publishing', 'image-publishing', 'lookup'] as const;

/** The name of such a role, with the default synthesizer. */
export function bootstrapRoleName(
  purpose: (typeof BOOTSTRAP_PURPOSES)[number],
  { qualifier, account, region }: { qualifier: string; account: string; region: string },
) {
  return `cdk-${qualifier}-${purpose}-role-${account}-${region}`;
}

/** An exact version of the CDK command. */
export const CLI_VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/**
 * The tool that publishes what asset manifests of a cloud assembly list: an npm package under Apache-2.0. It refuses
 * manifests of a newer schema than it knows.
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
