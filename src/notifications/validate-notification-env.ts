import { aws_chatbot as chatbot, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NotificationPlan } from '../pipeline/notification-plan';
import type { Problems } from '../pipeline/problems';
import { validateSameEnv } from '../render/same-env-references';

/** Validates what only the construct tree shows of notifications: where topics are, and what else configures a channel. */
export function validateNotificationEnv(
  scope: Construct,
  plans: readonly NotificationPlan[],
  problems: Problems,
): void {
  for (const { target } of plans) {
    // @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
    if (target.kind === 'topic') {
      const { topic } = target;
      validateSameEnv(scope, { prop: 'topic', what: 'a topic', resource: topic, arn: topic.topicArn }, problems);
    }
    if (target.kind === 'slack') validateChannel(scope, target, problems);
  }
}

/**
 * Validates that a channel is configured once. AWS takes one configuration for a channel in an account; the second fails when it is deployed.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1155
 */
function validateChannel(
  scope: Construct,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
  problems: Problems,
): void {
  const stack = Stack.of(scope);
  const isSameAccount = (other: Stack) =>
    other === stack || (!Token.isUnresolved(stack.account) && other.account === stack.account);
  const others = scope.node.root.node
    .findAll()
    .filter((node) => node instanceof chatbot.CfnSlackChannelConfiguration)
    .filter((other) => other.slackChannelId === channelId && other.slackWorkspaceId === workspaceId)
    .filter((other) => isSameAccount(other.stack));
  for (const { node } of others) {
    problems.add(
      'be the only one to configure a channel of Slack in an account',
      `${channelId}, also configured by ${node.path}`,
      'make one configuration and pass it to each pipeline with Notification.slackChannel',
    );
  }
}
