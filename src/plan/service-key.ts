import type { aws_sns as sns } from 'aws-cdk-lib';

/** Name of the key that AWS manages for topics: open to the principals of the account by way of SNS, but not to services. */
export const SERVICE_KEY = 'alias/aws/sns';

/** Is a topic encrypted with that key, as far as it shows? */
export function usesServiceKey({ masterKey, node }: sns.ITopic): boolean {
  const { kmsMasterKeyId } = (node.defaultChild ?? {}) as Partial<sns.CfnTopic>;
  return [masterKey?.keyId, masterKey?.keyArn, kmsMasterKeyId].some((key) => typeof key === 'string' && /(^|:)alias\/aws\/sns$/.test(key));
}
