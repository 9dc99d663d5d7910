import { aws_chatbot as chatbot } from 'aws-cdk-lib';
import type { TeamsChannelSpec, TeamsSpec } from './plan';
import type { ChannelContext, ChannelKind, RuleTarget } from '../channel-kind';
import { channelsScope, silentChannelProps } from '../render-silent-channel';

export const TEAMS: ChannelKind<TeamsSpec> = {
  kind: 'teams',
  render: (context, spec) => teamsTarget(renderConfiguration(context, spec)),
};

export const TEAMS_CHANNEL: ChannelKind<TeamsChannelSpec> = {
  kind: 'teams-channel',
  render: (_context, { configurationArn }) => teamsTarget(configurationArn),
};

function teamsTarget(address: string): RuleTarget {
  return { type: 'AWSChatbotMicrosoftTeams', address, dependencies: [] };
}

function renderConfiguration({ scope }: ChannelContext, { tenantId, teamId, channelId }: TeamsSpec): string {
  const channels = channelsScope(scope);
  const id = `Teams-${[tenantId, teamId, channelId].join('-').toLowerCase().replace(/\//g, '_')}`;
  return new chatbot.CfnMicrosoftTeamsChannelConfiguration(channels, id, {
    ...silentChannelProps(scope, id),
    teamsTenantId: tenantId,
    teamId,
    teamsChannelId: channelId,
  }).attrArn;
}
