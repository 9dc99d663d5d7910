import type { aws_sns as sns } from 'aws-cdk-lib';
import { TOPIC } from './option-types';
import type { Problems } from './problems';

/** Name of the key that AWS manages for topics: open to the principals of the account by way of SNS, but not to services. */
export const SERVICE_KEY = 'alias/aws/sns';

/** Returns whether a topic is encrypted with that key, as far as the construct tree shows. */
export function usesServiceKey({ masterKey, node }: sns.ITopic): boolean {
  const { kmsMasterKeyId } = (node?.defaultChild ?? {}) as Partial<sns.CfnTopic>;
  return [masterKey?.keyId, masterKey?.keyArn, kmsMasterKeyId].some(
    (key) => typeof key === 'string' && /(^|:)alias\/aws\/sns$/.test(key),
  );
}

/** Validates a topic that a service publishes to, and returns whether it is a topic at all. */
export function validateTopic(topic: sns.ITopic, publisher: 'notification' | 'alarm', problems: Problems): boolean {
  if (!TOPIC(topic, problems)) return false;
  if (!usesServiceKey(topic)) return true;
  const rule = `not be encrypted with the key that AWS manages, whose policy lets no ${publisher} in`;
  problems.add(rule, SERVICE_KEY, 'encrypt it with a key of yours ($1 a month)');
  return true;
}
