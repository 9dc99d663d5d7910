import { aws_kms as kms, aws_sns as sns } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SERVICE_KEY, usesServiceKey } from '../pipeline/validation/receivers';

/** The key that AWS manages for topics: it is free. */
export function serviceKey(scope: Construct): kms.IKey {
  return kms.Alias.fromAliasName(scope, 'Key', SERVICE_KEY);
}

/**
 * The customer's key that a topic is encrypted with, itself rather than an alias of it: policies do not know aliases.
 */
export function topicKey(topic: sns.ITopic): kms.IKey | undefined {
  const { masterKey } = topic;
  if (masterKey === undefined || usesServiceKey(topic)) return undefined;
  return masterKey instanceof kms.Alias ? masterKey.aliasTargetKey : masterKey;
}

/** E-mail from a topic. Subscriptions are named by their address, so that adding one changes no other. */
export function subscribeEmails(scope: Construct, topic: sns.ITopic, addresses: readonly string[]): void {
  for (const address of addresses) {
    new sns.Subscription(scope, address, { topic, protocol: sns.SubscriptionProtocol.EMAIL, endpoint: address });
  }
}
