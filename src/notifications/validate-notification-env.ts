import { aws_chatbot as chatbot, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkSameEnv } from '../render/same-env-references';
import type { NotificationPlan } from '../pipeline/notification-plan';
import { problem, type Problem } from '../pipeline/problems';

/** What only the place shows that the pipeline has in the tree: where the topics are, and who else is in a channel. */
export const checkNotificationPlace = (scope: Construct, plans: readonly NotificationPlan[]): Problem[] =>
  plans.flatMap(({ target }) => {
    // @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
    if (target.kind === 'topic')
      return checkSameEnv(scope, {
        prop: 'notifications.topic',
        what: 'a topic',
        resource: target.topic,
        arn: target.topic.topicArn,
      });
    return target.kind === 'slack' ? checkChannel(scope, target) : [];
  });

/**
 * AWS takes one configuration for a channel in an account; the second fails when it is deployed.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1155
 */
function checkChannel(
  scope: Construct,
  { workspaceId, channelId }: { workspaceId: string; channelId: string },
): Problem[] {
  const home = Stack.of(scope);
  const sameAccount = (other: Stack) => other === home || (known(home.account) && other.account === home.account);
  const others = scope.node.root.node
    .findAll()
    .filter((one): one is chatbot.CfnSlackChannelConfiguration => one instanceof chatbot.CfnSlackChannelConfiguration)
    .filter(
      (one) => one.slackChannelId === channelId && one.slackWorkspaceId === workspaceId && sameAccount(one.stack),
    );
  return others.map(({ node }) =>
    problem(
      'notifications',
      'be the only one to configure a channel of Slack in an account',
      `${channelId}, also configured by ${node.path}`,
      'make one configuration and pass it to each pipeline with Notification.slackChannel',
    ),
  );
}

const known = (text: string) => !Token.isUnresolved(text);
