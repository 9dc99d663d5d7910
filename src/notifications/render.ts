import { type aws_codepipeline as codepipeline, aws_codestarnotifications as codestarnotifications } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ChannelContext, RuleTarget } from './channel-kind';
import { channelKindOf } from './kinds';
import { NOTIFICATION_LIMITS } from '../aws/notification-limits';
import { compact } from '../common/compact';
import type { ChannelSpec, NotificationPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { digest, generatedName } from '../render/names';

/** Rule of the number of notification rules. */
export const FEW_EVENT_LISTS =
  `have at most ${NOTIFICATION_LIMITS.rulesPerPipeline} different lists of events, ` +
  'each of which requires a notification rule';

/**
 * Renders the notification rules of a pipeline and the resources of their channels below a construct `Notifications`.
 *
 * The rules are L1 constructs. The L2 allows the service to publish to the topic on behalf of any account, and handles
 * neither the key of the topic nor the order of creation.
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
    // The service tests the targets when a rule is created. A topic without its policy would be unreachable.
    rule.node.addDependency(...targets.flatMap(({ dependencies }) => dependencies));
  }
}

/** Returns the target of a channel, which is rendered once for all rules. */
function renderOnce(channel: ChannelSpec, context: ChannelContext, rendered: Map<string, RuleTarget>): RuleTarget {
  const existing = rendered.get(channel.identity);
  if (existing) return existing;
  const target = channelKindOf(channel).render(context, channel);
  rendered.set(channel.identity, target);
  return target;
}

const MAX_ID_LENGTH = 80;

/**
 * Returns the construct id of a rule. It depends only on the events and their detail, not on channels or other rules.
 */
function ruleId({ events, detail }: NotificationGroup): string {
  const words = compact([...events.map(eventWords), detail === 'BASIC' && 'Basic']).join('-');
  if (words.length <= MAX_ID_LENGTH) return words;
  const hash = digest(words);
  return `${words.slice(0, MAX_ID_LENGTH - hash.length - 1).replace(/-+[^-]*$/, '')}-${hash}`;
}

/** Returns the name of an event: `ManualApprovalNeeded` for `codepipeline-pipeline-manual-approval-needed`. */
function eventWords(event: string): string {
  return event
    .replace(/^codepipeline-pipeline-/, '')
    .replace('-execution', '')
    .split('-')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}

/** Describes the channels that are notified of the same events in the same detail, which share a rule. */
export interface NotificationGroup extends Pick<NotificationPlan, 'events' | 'detail'> {
  readonly channels: readonly ChannelSpec[];
}

/** Returns the groups of notifications, one for each rule. A channel may belong to several groups. */
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

/** Validates the notifications of a pipeline against the limits of the service. */
export function validateNotificationGroups(plans: readonly NotificationPlan[], problems: Problems): void {
  const { rulesPerPipeline, targetsPerRule } = NOTIFICATION_LIMITS;
  const groups = notificationGroups(plans);
  if (groups.length > rulesPerPipeline) {
    problems.add(FEW_EVENT_LISTS, groups.length, 'use the same events for some of them');
  }
  for (const { events, channels } of groups.filter((group) => group.channels.length > targetsPerRule)) {
    problems.add(
      `have at most ${targetsPerRule} targets for the same events (${events.join(', ')})`,
      channels.length,
      'subscribe some of them to one topic, and pass that topic',
    );
  }
}
