import type { aws_sns as sns } from 'aws-cdk-lib';
import { problem, type Problem } from './problems';

/** Name of the key that AWS manages for topics: open to the principals of the account by way of SNS, but not to services. */
export const SERVICE_KEY = 'alias/aws/sns';

/** Is a topic encrypted with that key, as far as it shows? */
export function usesServiceKey({ masterKey, node }: sns.ITopic): boolean {
  const { kmsMasterKeyId } = (node.defaultChild ?? {}) as Partial<sns.CfnTopic>;
  return [masterKey?.keyId, masterKey?.keyArn, kmsMasterKeyId].some(
    (key) => typeof key === 'string' && /(^|:)alias\/aws\/sns$/.test(key),
  );
}

/** What is wrong with a topic that a service publishes to: a notification, an alarm. */
export const checkServiceKey = (prop: string, topic: sns.ITopic, guest: 'notification' | 'alarm'): Problem[] =>
  usesServiceKey(topic)
    ? [
        problem(
          prop,
          `not be encrypted with the key that AWS manages, whose policy lets no ${guest} in`,
          SERVICE_KEY,
          'encrypt it with a key of yours ($1 a month)',
        ),
      ]
    : [];
