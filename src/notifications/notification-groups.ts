import { NOTIFICATION_LIMITS } from '../aws/notification-limits';
import type { ChannelSpec, NotificationPlan } from '../pipeline/notification-plan';
import type { Problems } from '../pipeline/problems';

/** Describes all channels that are notified of the same events in the same detail: one rule of the service. */
export interface NotificationGroup extends Pick<NotificationPlan, 'events' | 'detail'> {
  readonly channels: readonly ChannelSpec[];
}

/** Returns the rules that notifications need. A channel in two of them is notified twice only of events that are in both. */
export function notificationGroups(plans: readonly NotificationPlan[]): NotificationGroup[] {
  const groups = new Map<string, NotificationPlan[]>();
  for (const plan of plans) {
    const key = [plan.detail, ...plan.events].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), plan]);
  }
  return [...groups.values()].map((members) => {
    const [{ events, detail }] = members;
    const channels = new Map(members.map(({ channel }) => [channel.identity, channel]));
    return { events, detail, channels: [...channels.values()] };
  });
}

/** Validates the limits of all notifications of a pipeline together. */
export function validateNotificationGroups(plans: readonly NotificationPlan[], problems: Problems): void {
  const { rulesPerPipeline, targetsPerRule } = NOTIFICATION_LIMITS;
  const groups = notificationGroups(plans);
  if (groups.length > rulesPerPipeline) {
    problems.add(
      `have at most ${rulesPerPipeline} different choices of events, as AWS takes no more rules for a pipeline`,
      groups.length,
      'let some of them hear of the same events',
    );
  }
  for (const { events, channels } of groups.filter((group) => group.channels.length > targetsPerRule)) {
    problems.add(
      `have at most ${targetsPerRule} targets for the same events (${events.join(', ')})`,
      channels.length,
      'subscribe some of them to one topic, and pass that',
    );
  }
}
