import { type aws_sns as sns, Token } from 'aws-cdk-lib';
import type { NotificationEvent } from './notification-event';
import {
  AUDIENCE, CHAT_CONFIGURATION_ARN, EMAIL_ADDRESS, MICROSOFT_ID, SLACK_CHANNEL_ID, SLACK_WORKSPACE_ID, TEAMS_CHANNEL_ID,
} from '../facts/limits';
import { usesManagedKey } from '../plan/check-topic';
import type { NotificationTargetPlan } from '../plan/notification-plan';
import { checkName, problem, type Problem } from '../plan/problems';

/** What is wrong with a choice of events. */
export const checkEvents = (prop: string, events: readonly NotificationEvent[] | undefined): Problem[] => events?.length === 0
  ? [problem(prop, 'hold at least one event', events, 'leave it out for the default, or use Notification.none()')]
  : [];

/** What is wrong with one who hears, on its own. */
export function checkTarget(prop: string, target: NotificationTargetPlan): Problem[] {
  const console = 'copy it from the console of Amazon Q Developer in chat applications, where it stands after the authorization';
  switch (target.kind) {
    case 'topic': return checkTopic(`${prop}.topic`, target.topic);
    case 'email': return [
      ...checkName(`${prop}.audience`, target.audience, AUDIENCE, 'choose a word like Leads'), ...checkAddresses(`${prop}.addresses`, target.addresses),
    ];
    case 'slack': return [
      ...checkName(`${prop}.workspaceId`, target.workspaceId, SLACK_WORKSPACE_ID, console),
      ...checkName(`${prop}.channelId`, target.channelId, SLACK_CHANNEL_ID, 'copy it from the end of the link to the channel'),
    ];
    case 'teams': return [
      ...checkName(`${prop}.tenantId`, target.tenantId, MICROSOFT_ID, console),
      ...checkName(`${prop}.teamId`, target.teamId, MICROSOFT_ID, console),
      ...checkName(`${prop}.teamsChannelId`, target.channelId, TEAMS_CHANNEL_ID, 'copy it from the link to the channel, with its %3a and %40'),
    ];
    case 'teams-channel': return Token.isUnresolved(target.configurationArn) ? []
      : checkName(`${prop}.configurationArn`, target.configurationArn, CHAT_CONFIGURATION_ARN, 'pass the ARN of the configuration of a channel of Microsoft Teams');
    case 'slack-channel': return [];
  }
}

function checkAddresses(prop: string, addresses: readonly string[]): Problem[] {
  if (addresses.length === 0) return [problem(prop, 'hold at least one address', addresses, 'add one, or use Notification.none()')];
  const lower = addresses.map((address) => String(address).toLowerCase());
  return addresses.flatMap((address, i) => [
    ...checkName(`${prop}[${i}]`, address, EMAIL_ADDRESS, 'pass an address like release@example.com'),
    ...lower.indexOf(lower[i]) < i ? [problem(`${prop}[${i}]`, 'be a different address than the others', address, 'remove it')] : [],
  ]);
}

/** As far as the topic shows how it is encrypted. */
function checkTopic(prop: string, topic: sns.ITopic): Problem[] {
  return usesManagedKey(topic) ? [problem(
    prop, 'not be encrypted with the key that AWS manages, whose policy lets no notification in', 'alias/aws/sns', 'encrypt it with a key of yours ($1 a month)',
  )] : [];
}
