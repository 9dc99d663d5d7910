import {
  Aws,
  aws_chatbot as chatbot,
  type aws_codepipeline as codepipeline,
  aws_codestarnotifications as codestarnotifications,
  aws_iam as iam,
  aws_kms as kms,
  aws_sns as sns,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import { getOrCreate } from '../render/get-or-create';
import { generatedName, globalName } from '../render/names';
import { ruleId } from './notification-ids';
import { subscribeEmails } from '../render/topics';
import { NOTIFICATION_LIMITS } from '../aws/limits';
import {
  notificationGroups,
  targetKey,
  type NotificationPlan,
  type NotificationTargetPlan,
} from '../pipeline/notification-plan';

/** Where a rule sends, and what must be there before. */
interface Target {
  readonly type: string;
  readonly address: string;
  readonly after: readonly IDependable[];
}

const NOTIFIER = 'codestar-notifications.amazonaws.com';

/**
 * The rules that notify of a pipeline, and what they need, below a construct `Notifications`.
 *
 * Rules are made of the L1: the L2 binds a topic by letting the service publish for whatever account, and does nothing about the key of a
 * topic, nor about the order.
 */
export function renderNotifications(
  scope: Construct,
  notifications: readonly NotificationPlan[],
  pipeline: codepipeline.Pipeline,
  pipelineName: string,
): void {
  if (notifications.length === 0) return;
  const all = new Construct(scope, 'Notifications');
  const rules = new Construct(all, 'Rules');
  const targetOf = targetMaker(all, pipelineName);
  for (const group of notificationGroups(notifications)) {
    const id = ruleId(group);
    const targets = group.targets.map(targetOf);
    const rule = new codestarnotifications.CfnNotificationRule(rules, id, {
      name: generatedName(rules, NOTIFICATION_LIMITS.ruleNameLength, id),
      resource: pipeline.pipelineArn,
      eventTypeIds: [...group.events],
      detailType: group.detail,
      targets: targets.map(({ type, address }) => ({ targetType: type, targetAddress: address })),
    });
    // The service tries the targets of a rule that it is given; a topic without its policy is unreachable.
    rule.node.addDependency(...targets.flatMap(({ after }) => after));
  }
}

/** Makes each target once, whichever rules it is in. */
function targetMaker(scope: Construct, pipelineName: string): (plan: NotificationTargetPlan) => Target {
  const made = new Map<string, Target>();
  return (plan) => {
    const key = targetKey(plan);
    const target = made.get(key) ?? renderTarget(scope, plan, pipelineName);
    made.set(key, target);
    return target;
  };
}

function renderTarget(scope: Construct, plan: NotificationTargetPlan, pipelineName: string): Target {
  switch (plan.kind) {
    case 'topic':
      return topicTarget(plan.topic);
    case 'email':
      return topicTarget(renderEmail(scope, plan.audience, plan.addresses, pipelineName));
    case 'slack':
      return slackTarget(renderSlack(scope, plan));
    case 'slack-channel':
      return slackTarget(plan.channel.slackChannelConfigurationArn);
    case 'teams':
      return teamsTarget(renderTeams(scope, plan));
    case 'teams-channel':
      return teamsTarget(plan.configurationArn);
  }
}

const slackTarget = (address: string): Target => ({ type: 'AWSChatbotSlack', address, after: [] });
const teamsTarget = (address: string): Target => ({ type: 'AWSChatbotMicrosoftTeams', address, after: [] });

/**
 * Lets the service publish to a topic, and use its key if it has one. Nothing happens to imported ones, which cannot be changed.
 *
 * The policy of a topic may name the account that is notified, as a page of AWS shows; none shows it for the policy of a key.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/security_iam_troubleshoot.html
 */
function topicTarget(topic: sns.ITopic): Target {
  const principals = [new iam.ServicePrincipal(NOTIFIER)];
  topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      resources: ['*'], // the key that the policy belongs to
      conditions: { StringEquals: { 'kms:ViaService': `sns.${Aws.REGION}.amazonaws.com` } },
    }),
    true,
  );
  const { policyDependable } = topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
  return { type: 'SNS', address: topic.topicArn, after: policyDependable ? [policyDependable] : [] };
}

function renderEmail(
  scope: Construct,
  audience: string,
  addresses: readonly string[],
  pipelineName: string,
): sns.Topic {
  const emails = getOrCreate(scope, 'Emails', (parent, id) => new Construct(parent, id));
  const topic = new sns.Topic(emails, audience, {
    displayName: pipelineName,
    enforceSSL: true,
    masterKey: getOrCreate(
      scope,
      'EmailKey',
      (parent, id) =>
        new kms.Key(parent, id, {
          description: `E-mail notifications of the pipeline ${pipelineName}`,
          enableKeyRotation: true,
          // Nothing is kept that would have to be read with it later.
          removalPolicy: RemovalPolicy.DESTROY,
        }),
    ),
  });
  subscribeEmails(topic, topic, addresses);
  return topic;
}

function renderSlack(scope: Construct, { workspaceId, channelId }: NotificationTargetPlan & { kind: 'slack' }): string {
  const channels = getOrCreate(scope, 'Channels', (parent, id) => new Construct(parent, id));
  const id = `Slack-${workspaceId}-${channelId}`;
  return new chatbot.CfnSlackChannelConfiguration(channels, id, {
    ...silentChannel(scope, channels, id),
    slackWorkspaceId: workspaceId,
    slackChannelId: channelId,
  }).attrArn;
}

function renderTeams(
  scope: Construct,
  { tenantId, teamId, channelId }: NotificationTargetPlan & { kind: 'teams' },
): string {
  const channels = getOrCreate(scope, 'Channels', (parent, id) => new Construct(parent, id));
  const id = `Teams-${[tenantId, teamId, channelId].join('-').toLowerCase().replace(/\//g, '_')}`;
  return new chatbot.CfnMicrosoftTeamsChannelConfiguration(channels, id, {
    ...silentChannel(scope, channels, id),
    teamsTenantId: tenantId,
    teamId,
    teamsChannelId: channelId,
  }).attrArn;
}

/**
 * A channel that listens. Its members may do what the guardrail allows and, besides, the role of the channel or a role of their own. Left out, the
 * guardrail would be AdministratorAccess; this one allows nothing, since messages need nothing. What may do nothing needs no narrower trust.
 *
 * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
const silentChannel = (scope: Construct, channels: Construct, id: string) => ({
  configurationName: globalName(channels, NOTIFICATION_LIMITS.configurationNameLength, id),
  iamRoleArn: getOrCreate(
    scope,
    'ChatRole',
    (parent, roleId) =>
      new iam.Role(parent, roleId, {
        assumedBy: new iam.ServicePrincipal('chatbot.amazonaws.com'),
        description: 'May do nothing: for channels that are only notified',
      }),
  ).roleArn,
  guardrailPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AWSDenyAll').managedPolicyArn],
});
