import type { aws_sns as sns } from 'aws-cdk-lib';
import { problem, type Problem } from './problems';

/** Is a topic encrypted with the key that AWS manages, as far as it shows? */
export function usesManagedKey(topic: sns.ITopic): boolean {
  const { kmsMasterKeyId } = (topic.node.defaultChild ?? {}) as Partial<sns.CfnTopic>;
  return [topic.masterKey?.keyId, kmsMasterKeyId].some((key) => typeof key === 'string' && /(^|:)alias\/aws\/sns$/.test(key));
}

/** What is wrong with a topic that alarms are to publish to. */
export const checkAlarmTopic = (prop: string, topic: sns.ITopic): Problem[] => usesManagedKey(topic) ? [problem(
  prop, 'not be encrypted with the key that AWS manages, whose policy lets no alarm in', 'alias/aws/sns', 'encrypt it with a key of yours ($1 a month)',
)] : [];
