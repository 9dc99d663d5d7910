import { aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SERVICE_KEY, usesServiceKey } from '../pipeline/validation/receivers';

/** Returns the AWS managed key of SNS, which is free. */
export function serviceKey(scope: Construct): kms.IKey {
  return kms.Alias.fromAliasName(scope, 'Key', SERVICE_KEY);
}

/** Returns the customer managed key of a topic. An alias is resolved, because policies cannot refer to aliases. */
export function topicKey(topic: sns.ITopic): kms.IKey | undefined {
  const { masterKey } = topic;
  if (masterKey === undefined || usesServiceKey(topic)) return undefined;
  if (masterKey instanceof kms.Alias) return masterKey.aliasTargetKey;
  return masterKey;
}

/** Subscribes email addresses to a topic. The id of a subscription is its address, so that others do not change it. */
export function subscribeEmails(scope: Construct, topic: sns.ITopic, addresses: readonly string[]): void {
  for (const address of addresses) {
    new sns.Subscription(scope, address, { topic, protocol: sns.SubscriptionProtocol.EMAIL, endpoint: address });
  }
}
