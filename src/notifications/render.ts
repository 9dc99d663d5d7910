import { type aws_codepipeline as codepipeline, aws_codestarnotifications as codestarnotifications } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ChannelContext, RuleTarget } from './channel-kind';
import { channelKindOf } from './kinds';
import { NOTIFICATION_LIMITS } from '../aws/notification-limits';
import type { ChannelSpec, NotificationPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { digest, generatedName } from '../render/names';

/**
 * Renders the rules that notify of a pipeline, and what they need, below a construct `Notifications`.
 *
 * Rules are made of the L1: the L2 binds a topic by letting the service publish for whatever account, and does nothing
 * about the key of a topic, nor about the order.
 */
export function renderNotifications(
  scope: Construct,
  notifications: readonly NotificationPlan[],
  pipeline: codepipeline.Pipeline,
  pipelineName: string,
): void {
  if (notifications.length === 0) return;
  const context = { scope: new Construct(scope, 'Notifications'), pipelineName };
  const rules = new Construct(context.scope, 'Rules');
  const rendered = new Map<string, RuleTarget>();
  for (const group of notificationGroups(notifications)) {
    const id = ruleId(group);
    const targets = group.channels.map((channel) => renderOnce(channel, context, rendered));
    const rule = new codestarnotifications.CfnNotificationRule(rules, id, {
      name: generatedName(rules, NOTIFICATION_LIMITS.ruleNameLength, id),
      resource: pipeline.pipelineArn,
      eventTypeIds: [...group.events],
      detailType: group.detail,
      targets: targets.map(({ type, address }) => ({ targetType: type, targetAddress: address })),
    });
    // The service tries the targets of a rule that it is given; a topic without its policy is unreachable.
    rule.node.addDependency(...targets.flatMap(({ dependencies }) => dependencies));
  }
}

/** Renders a channel, or returns its target if another rule has rendered it. */
function renderOnce(channel: ChannelSpec, context: ChannelContext, rendered: Map<string, RuleTarget>): RuleTarget {
  const existing = rendered.get(channel.identity);
  if (existing) return existing;
  const target = channelKindOf(channel).render(context, channel);
  rendered.set(channel.identity, target);
  return target;
}

const MAX_ID_LENGTH = 80;

/** Returns the id of a rule, made of what it notifies of: other rules and the channels of this one do not matter. */
function ruleId({ events, detail }: NotificationGroup): string {
  const words = [...events.map(eventWords), ...(detail === 'BASIC' ? ['Basic'] : [])].join('-');
  if (words.length <= MAX_ID_LENGTH) return words;
  const hash = digest(words);
  return `${words.slice(0, MAX_ID_LENGTH - hash.length - 1).replace(/-+[^-]*$/, '')}-${hash}`;
}

/** Returns the id of an event in words: `codepipeline-pipeline-manual-approval-needed` is `ManualApprovalNeeded`. */
function eventWords(event: string): string {
  return event
    .replace(/^codepipeline-pipeline-/, '')
    .replace('-execution', '')
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}

/** Describes all channels that are notified of the same events in the same detail: one rule of the service. */
export interface NotificationGroup extends Pick<NotificationPlan, 'events' | 'detail'> {
  readonly channels: readonly ChannelSpec[];
}

/**
 * Returns the rules that notifications need. A channel in two of them is notified twice only of events that are in
 * both.
 */
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
