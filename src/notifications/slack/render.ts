import { aws_chatbot as chatbot, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { SlackChannelSpec, SlackSpec } from './plan';
import type { ChannelContext, ChannelKind, RuleTarget } from '../channel-kind';
import { channelsScope, silentChannelProps } from '../render-silent-channel';
import type { Problems } from '../../pipeline/problems';

/** Rule of the configurations of a channel. */
export const ONLY_CONFIGURATION = 'be the only configuration of the Slack channel in the account';

export const SLACK: ChannelKind<SlackSpec> = {
  kind: 'slack',
  render: (context, spec) => slackTarget(renderConfiguration(context, spec)),
  validate: validateOneConfiguration,
};

export const SLACK_CHANNEL: ChannelKind<SlackChannelSpec> = {
  kind: 'slack-channel',
  render: (_context, { configuration }) => slackTarget(configuration.slackChannelConfigurationArn),
};

function slackTarget(address: string): RuleTarget {
  return { type: 'AWSChatbotSlack', address, dependencies: [] };
}

function renderConfiguration({ scope }: ChannelContext, { workspaceId, channelId }: SlackSpec): string {
  const channels = channelsScope(scope);
  const id = `Slack-${workspaceId}-${channelId}`;
  return new chatbot.CfnSlackChannelConfiguration(channels, id, {
    ...silentChannelProps(scope, id),
    slackWorkspaceId: workspaceId,
    slackChannelId: channelId,
  }).attrArn;
}

/**
 * Validates that a channel is configured once. An account can have one configuration of a channel; deploying a second
 * one fails.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1155
 */
function validateOneConfiguration(scope: Construct, { workspaceId, channelId }: SlackSpec, problems: Problems): void {
  const stack = Stack.of(scope);

  function isSameAccount(other: Stack): boolean {
    return other === stack || (!Token.isUnresolved(stack.account) && other.account === stack.account);
  }

  const others = scope.node.root.node
    .findAll()
    .filter((node) => node instanceof chatbot.CfnSlackChannelConfiguration)
    .filter((other) => other.slackChannelId === channelId && other.slackWorkspaceId === workspaceId)
    .filter((other) => isSameAccount(other.stack));
  for (const { node } of others) {
    problems.add(
      ONLY_CONFIGURATION,
      `${channelId}, also configured by ${node.path}`,
      'create one configuration, and pass it to each pipeline with Notification.slackChannel',
    );
  }
}
