import type { aws_sns as sns } from 'aws-cdk-lib';
import { allActions } from '../actions';
import type { PipelinePlan } from '../pipeline-plan';
import type { Problems } from '../problems';
import { duplicates, TOPIC } from '../read-options';

/**
 * Validates that every resource that receives releases gets them from one deployment: a release to one environment
 * would be live in all that share it, before anybody has approved it.
 *
 * @param problems collector at the property that most stages come from
 */
export function validateReceivers(plan: PipelinePlan, problems: Problems): void {
  const environments = plan.stages.flatMap((stage) => stage.environments ?? []);
  const envs = new Map(environments.map(({ name, env }) => [name, env] as const));
  const receivers = allActions(plan).flatMap(({ environment = '', receiver }) => {
    if (!receiver) return [];
    const { account = '', region = '' } = envs.get(environment) ?? {};
    return [{ ...receiver, key: [account, region, receiver.what, ...receiver.identity].join('/') }];
  });
  for (const { what, name } of duplicates(receivers, ({ key }) => key)) {
    problems.add(
      `deploy to every ${what} once`,
      name,
      'make one for each environment, since what is released to one is live in all that share it; several ' +
        'containers go by one deployment',
    );
  }
}

/**
 * Name of the key that AWS manages for topics: open to the principals of the account by way of SNS, but not to
 * services.
 */
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
