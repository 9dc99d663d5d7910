import { aws_kms as kms, type aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const SERVICE_ALIAS = 'alias/aws/sns';

/** The key that AWS manages for topics: free, and open to all principals of the account by way of SNS, but not to services. */
export const serviceKey = (scope: Construct): kms.IKey => kms.Alias.fromAliasName(scope, 'Key', SERVICE_ALIAS);

/** Is a topic encrypted with the key that AWS manages, as far as it can be seen? */
export const usesServiceKey = ({ masterKey }: sns.ITopic) => masterKey !== undefined && masterKey.keyArn.endsWith(SERVICE_ALIAS);

/** The customer's key that a topic is encrypted with, itself rather than an alias of it: policies do not know aliases. */
export function topicKey(topic: sns.ITopic): kms.IKey | undefined {
  const { masterKey } = topic;
  if (masterKey === undefined || usesServiceKey(topic)) return undefined;
  return masterKey instanceof kms.Alias ? masterKey.aliasTargetKey : masterKey;
}
