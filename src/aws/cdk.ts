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

/**
 * Lists what is known of the CDK CLI (npm package aws-cdk), which publishes assets and updates pipelines.
 *
 * @see https://www.npmjs.com/package/aws-cdk?activeTab=versions
 */
export const CDK_CLI = {
  /** The newest known version. It reads all schemas below. */
  version: '2.1148.1',
  /** First version with `cdk publish-assets`. */
  publishAssets: '2.1116.0',
  /** First version that reads each schema of cloud assemblies, by schema. */
  schemas: { 53: '2.1108.0', 54: '2.1126.0', 55: '2.1145.0' },
  /** Patch versions by minor version of 2, from the first above to the newest; 0 if a minor version has no other. */
  patches: { 1114: 1, 1115: 1, 1118: 4, 1124: 1, 1128: 1, 1132: 1, 1135: 1, 1146: 1, 1148: 1 },
  /** Versions that were published by mistake. */
  withdrawn: ['3.0.0'],
} as const;

/** Matches an exact version of an npm package, and captures its numbers. */
export const EXACT_VERSION = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/;
