import type { aws_chatbot as chatbot, aws_sns as sns } from 'aws-cdk-lib';
import { problem, type Problem } from './problems';
import { duplicates } from './duplicates';
import { NOTIFICATION_LIMITS } from '../aws/limits';

/** One who hears, and of what. */
export interface NotificationPlan {
  /** Ids of events, each once, in the order of the enum. */
  readonly events: readonly string[];
  readonly detail: 'FULL' | 'BASIC';
  readonly target: NotificationTargetPlan;
}

export type NotificationTargetPlan =
  | { readonly kind: 'topic'; readonly topic: sns.ITopic }
  | { readonly kind: 'email'; readonly audience: string; readonly addresses: readonly string[] }
  | { readonly kind: 'slack'; readonly workspaceId: string; readonly channelId: string }
  | { readonly kind: 'slack-channel'; readonly channel: chatbot.ISlackChannelConfiguration }
  | { readonly kind: 'teams'; readonly tenantId: string; readonly teamId: string; readonly channelId: string }
  | { readonly kind: 'teams-channel'; readonly configurationArn: string };

/** All who hear of the same in the same words: one rule of the service. */
export interface NotificationGroup extends Pick<NotificationPlan, 'events' | 'detail'> {
  readonly targets: readonly NotificationTargetPlan[];
}

/** What a target is, whoever mentions it: the same twice is one. */
export function targetKey(target: NotificationTargetPlan): string {
  switch (target.kind) {
    case 'topic':
      return `topic ${target.topic.topicArn}`;
    case 'email':
      return `email ${target.audience}`;
    case 'slack':
      return `slack ${target.workspaceId} ${target.channelId}`;
    case 'slack-channel':
      return `configuration ${target.channel.slackChannelConfigurationArn}`;
    case 'teams':
      return `teams ${target.tenantId.toLowerCase()} ${target.teamId.toLowerCase()} ${target.channelId.toLowerCase()}`;
    case 'teams-channel':
      return `configuration ${target.configurationArn}`;
  }
}

/** The rules that notifications need. One who is in two of them is told twice only of what is in both. */
export function notificationGroups(plans: readonly NotificationPlan[]): NotificationGroup[] {
  const groups = new Map<
    string,
    { readonly plan: NotificationPlan; readonly targets: Map<string, NotificationTargetPlan> }
  >();
  for (const plan of plans) {
    const key = [plan.detail, ...plan.events].join(' ');
    const group = groups.get(key) ?? { plan, targets: new Map() };
    groups.set(key, group);
    group.targets.set(targetKey(plan.target), plan.target);
  }
  return [...groups.values()].map(({ plan: { events, detail }, targets }) => ({
    events,
    detail,
    targets: [...targets.values()],
  }));
}

/** What is wrong with all notifications of a pipeline together. */
export function checkNotificationGroups(prop: string, plans: readonly NotificationPlan[]): Problem[] {
  const { rulesPerPipeline, targetsPerRule } = NOTIFICATION_LIMITS;
  const groups = notificationGroups(plans);
  const audiences = plans.flatMap(({ target }) => (target.kind === 'email' ? target.audience : []));
  const twice = new Set(duplicates(audiences));
  return [
    ...(groups.length <= rulesPerPipeline
      ? []
      : [
          problem(
            prop,
            `have at most ${rulesPerPipeline} different choices of events, as AWS takes no more rules for a pipeline`,
            groups.length,
            'let some of them hear of the same events',
          ),
        ]),
    ...groups
      .filter(({ targets }) => targets.length > targetsPerRule)
      .map(({ events, targets }) =>
        problem(
          prop,
          `have at most ${targetsPerRule} targets for the same events (${events.join(', ')})`,
          targets.length,
          'subscribe some of them to one topic, and pass that',
        ),
      ),
    ...[...twice].map((audience) =>
      problem(
        prop,
        'have a different audience in every Notification.email, as it names the topic',
        audience,
        'pass all addresses to one of them, or pass an `audience`',
      ),
    ),
  ];
}
