import { Aws, aws_iam as iam, type aws_sns as sns } from 'aws-cdk-lib';
import type { TopicSpec } from './plan';
import type { ChannelKind, RuleTarget } from '../channel-kind';
import { validateSameEnv } from '../../render/environment-context';

export const TOPIC: ChannelKind<TopicSpec> = {
  kind: 'topic',
  render: (_context, { topic }) => notifyTopic(topic),
  // @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
  validate: (scope, { topic }, problems) =>
    validateSameEnv(scope, { prop: 'topic', resourceKind: 'a topic', resource: topic, arn: topic.topicArn }, problems),
};

const NOTIFIER = 'codestar-notifications.amazonaws.com';

/**
 * Allows the notification service to publish to a topic and to use its key, and returns the topic as a target. The
 * policies of imported topics and keys cannot be changed.
 *
 * The condition on the account is documented for the policy of a topic, but not for the policy of a key.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_troubleshoot.html
 */
export function notifyTopic(topic: sns.ITopic): RuleTarget {
  const principals = [new iam.ServicePrincipal(NOTIFIER)];
  topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      resources: ['*'], // the key that the policy belongs to
      conditions: { StringEquals: { 'kms:ViaService': `sns.${Aws.REGION}.amazonaws.com` } },
    }),
    true,
  );
  const { policyDependable } = topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return { type: 'SNS', address: topic.topicArn, dependencies: policyDependable ? [policyDependable] : [] };
}
