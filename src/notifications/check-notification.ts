import { Token } from 'aws-cdk-lib';
import type { NotificationEvent } from './notification-event';
import {
  AUDIENCE,
  CHAT_CONFIGURATION_ARN,
  MICROSOFT_ID,
  SLACK_CHANNEL_ID,
  SLACK_WORKSPACE_ID,
  TEAMS_CHANNEL_ID,
} from '../aws/limits';
import { checkEmails } from '../pipeline/validation/emails';
import type { NotificationTargetPlan } from '../pipeline/notification-plan';
import { checkName, problem, type Problem } from '../pipeline/problems';
import { checkServiceKey } from '../pipeline/sns-service-key';

/** What is wrong with a choice of events. */
export const checkEvents = (prop: string, events: readonly NotificationEvent[] | undefined): Problem[] =>
  events?.length === 0
    ? [problem(prop, 'hold at least one event', events, 'leave it out for the default, or use Notification.none()')]
    : [];

/** What is wrong with one who hears, on its own. */
export function checkTarget(prop: string, target: NotificationTargetPlan): Problem[] {
  const console =
    'copy it from the console of Amazon Q Developer in chat applications, where it stands after the authorization';
  switch (target.kind) {
    case 'topic':
      return checkServiceKey(`${prop}.topic`, target.topic, 'notification');
    case 'email':
      return [
        ...checkName(`${prop}.audience`, target.audience, AUDIENCE, 'choose a word like Leads'),
        ...checkAddresses(`${prop}.addresses`, target.addresses),
      ];
    case 'slack':
      return [
        ...checkName(`${prop}.workspaceId`, target.workspaceId, SLACK_WORKSPACE_ID, console),
        ...checkName(
          `${prop}.channelId`,
          target.channelId,
          SLACK_CHANNEL_ID,
          'copy it from the end of the link to the channel',
        ),
      ];
    case 'teams':
      return [
        ...checkName(`${prop}.tenantId`, target.tenantId, MICROSOFT_ID, console),
        ...checkName(`${prop}.teamId`, target.teamId, MICROSOFT_ID, console),
        ...checkName(
          `${prop}.teamsChannelId`,
          target.channelId,
          TEAMS_CHANNEL_ID,
          'copy it from the link to the channel, with its %3a and %40',
        ),
      ];
    case 'teams-channel':
      return Token.isUnresolved(target.configurationArn)
        ? []
        : checkName(
            `${prop}.configurationArn`,
            target.configurationArn,
            CHAT_CONFIGURATION_ARN,
            'pass the ARN of the configuration of a channel of Microsoft Teams',
          );
    case 'slack-channel':
      return [];
  }
}

const checkAddresses = (prop: string, addresses: readonly string[]): Problem[] =>
  addresses.length > 0
    ? checkEmails(prop, addresses)
    : [problem(prop, 'hold at least one address', addresses, 'add one, or use Notification.none()')];
