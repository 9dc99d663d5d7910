import type { aws_chatbot as chatbot, aws_sns as sns } from 'aws-cdk-lib';
import type { ChannelPlanner, NotificationOptions } from './channel-planner';
import { type EmailNotificationOptions, EmailChannel, validateAudiences } from './email/plan';
import { NotificationEvent } from './notification-event';
import { validateNotificationGroups } from './render';
import { ConfiguredSlackChannel, NewSlackChannel } from './slack/plan';
import { ConfiguredTeamsChannel, NewTeamsChannel } from './teams/plan';
import { TopicChannel } from './topic/plan';
import type { NotificationPlan } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';
import { enumOf, readRequired, ANY, FLAG, listOf, type OptionTypes, readOptions } from '../pipeline/read-options';

/**
 * Who hears about a pipeline, and about what: by default that a run failed and that an approval is needed.
 *
 * Rules of AWS send the messages; a rule costs nothing. They go to SNS topics (and so to e-mail), to Slack and to
 * Microsoft Teams.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome.html
 *
 * @example
 * declare const everybody: sns.Topic;
 *
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production', { approval: Approval.manual() })],
 *   notifications: Notification.all([
 *     Notification.email(['release@example.com']),
 *     Notification.topic(everybody, { events: [NotificationEvent.PIPELINE_SUCCEEDED] }),
 *   ]),
 * });
 */
export class Notification {
  /**
   * A topic of yours, in the account and region of the pipeline.
   *
   * What the service needs is added to the policy of a topic of this app, and to that of its key if it is encrypted. An
   * imported topic or key cannot be changed: docs/notifications.md says what its policy must hold. A topic encrypted
   * with the key that AWS manages (`alias/aws/sns`) cannot be notified, because the policy of that key cannot be
   * changed.
   *
   * A topic with a policy no longer has the one that SNS gives every topic, which lets the alarms of the account
   * publish. Allow them, too, if they do: `topic.grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com'))`.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
   */
  public static topic(topic: sns.ITopic, options: NotificationOptions = {}): Notification {
    return Notification.to(new TopicChannel(topic), options);
  }

  /**
   * E-mail. The owner of each address gets a message when the stack is deployed and must confirm it once; until then
   * nothing arrives.
   *
   * Makes a topic, encrypted with a key that is made once for the pipeline and costs $1 a month. To pay once for many
   * pipelines, make one topic with a key of yours and pass it to each with {@link topic}.
   */
  public static email(addresses: string[], options: EmailNotificationOptions = {}): Notification {
    return Notification.to(new EmailChannel(addresses, options), options);
  }

  /**
   * A channel of Slack, by a configuration made here whose members can give no commands.
   *
   * Somebody must once authorize the workspace by hand in the console of Amazon Q Developer in chat applications
   * (formerly AWS Chatbot); without that the deployment fails. To approve from Slack, or to use the channel for several
   * pipelines, make the configuration yourself and pass it with {@link slackChannel}.
   *
   * @param workspaceId such as `T0123ABCD`; the console shows it after the authorization
   * @param channelId such as `C0123ABCD`; the end of the link to the channel
   * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
   */
  public static slack(workspaceId: string, channelId: string, options: NotificationOptions = {}): Notification {
    return Notification.to(new NewSlackChannel(workspaceId, channelId), options);
  }

  /** A channel of Slack by a configuration of yours, made in this app or imported. */
  public static slackChannel(
    channel: chatbot.ISlackChannelConfiguration,
    options: NotificationOptions = {},
  ): Notification {
    return Notification.to(new ConfiguredSlackChannel(channel), options);
  }

  /**
   * A channel of Microsoft Teams, by a configuration made here whose members can give no commands.
   *
   * Somebody must once authorize the team by hand in the console of Amazon Q Developer in chat applications (formerly
   * AWS Chatbot); without that the deployment fails. To use the channel for several pipelines make the configuration
   * yourself and pass it with {@link teamsChannel}.
   *
   * @param tenantId id of the tenant, 36 characters; the console shows it after the authorization
   * @param teamId id of the team, 36 characters; the console shows it after the authorization
   * @param teamsChannelId such as `19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2`; in the link to the channel,
   * as it is written there
   * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/teams-setup.html
   */
  public static teams(
    tenantId: string,
    teamId: string,
    teamsChannelId: string,
    options: NotificationOptions = {},
  ): Notification {
    return Notification.to(new NewTeamsChannel(tenantId, teamId, teamsChannelId), options);
  }

  /** A channel of Microsoft Teams by the ARN of a configuration of yours. */
  public static teamsChannel(configurationArn: string, options: NotificationOptions = {}): Notification {
    return Notification.to(new ConfiguredTeamsChannel(configurationArn), options);
  }

  /**
   * All of these. Those that hear of the same events share a rule; AWS takes 10 rules for a pipeline and 10 targets for
   * a rule.
   */
  public static all(notifications: Notification[]): Notification {
    return new Notification(new AllNotifications(notifications));
  }

  /** Nobody. */
  public static none(): Notification {
    return new Notification(new AllNotifications([]));
  }

  private static to(channel: ChannelPlanner, options: NotificationOptions): Notification {
    return new Notification(new ChannelNotification(channel, options));
  }

  private constructor(private readonly planner: NotificationPlanner) {}

  /**
   * Plans all notifications of a pipeline.
   *
   * @internal
   */
  public _plan(problems: Problems): readonly NotificationPlan[] {
    const plans = this._planChannels(problems);
    validateNotificationGroups(plans, problems);
    validateAudiences(plans, problems);
    return plans;
  }

  /**
   * Plans the notification as one of several.
   *
   * @internal
   */
  public _planChannels(problems: Problems): readonly NotificationPlan[] {
    return this.planner.plan(problems);
  }
}

const EVERY_EVENT = Object.values(NotificationEvent);
const DEFAULT_EVENTS = [NotificationEvent.PIPELINE_FAILED, NotificationEvent.APPROVAL_NEEDED];

const LIST = listOf(ANY, 'write it as in [Notification.topic(topic)]');
const OPTION_TYPES: OptionTypes<NotificationOptions> = {
  events: listOf(enumOf(NotificationEvent), 'write it as in [NotificationEvent.PIPELINE_FAILED]'),
  fullDetail: FLAG,
};

/** Plans the channels of a notification, and their events. */
interface NotificationPlanner {
  plan(problems: Problems): readonly NotificationPlan[];
}

class AllNotifications implements NotificationPlanner {
  public constructor(private readonly notifications: readonly Notification[]) {}

  public plan(problems: Problems): readonly NotificationPlan[] {
    const notifications = readRequired(this.notifications, LIST, problems.at('all'));
    return (notifications ?? []).flatMap((notification, i) => {
      const at = problems.at('all').index(i);
      if (notification instanceof Notification) return notification._planChannels(at);
      at.add('be a Notification', notification, 'use e.g. Notification.topic');
      return [];
    });
  }
}

class ChannelNotification implements NotificationPlanner {
  public constructor(
    private readonly channel: ChannelPlanner,
    private readonly options: NotificationOptions,
  ) {}

  public plan(problems: Problems): readonly NotificationPlan[] {
    const channel = this.channel.plan(problems);
    const { fullDetail = true, events: chosen = DEFAULT_EVENTS } = readOptions(this.options, OPTION_TYPES, problems);
    const events = EVERY_EVENT.filter((event) => chosen.includes(event));
    if (chosen.length === 0) {
      const fix = 'leave it out for the default, or use Notification.none()';
      problems.at('events').add('hold at least one event', chosen, fix);
    }
    if (!channel) return [];
    return [{ path: problems.path, events, detail: fullDetail ? 'FULL' : 'BASIC', channel }];
  }
}
