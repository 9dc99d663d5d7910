import type { aws_chatbot as chatbot, aws_sns as sns } from 'aws-cdk-lib';
import type { ChannelPlanner, NotificationOptions } from './channel-planner';
import { type EmailNotificationOptions, EmailChannel, validateAudiences } from './email/plan';
import { NotificationEvent } from './notification-event';
import { validateNotificationGroups } from './render';
import { ConfiguredSlackChannel, NewSlackChannel } from './slack/plan';
import { ConfiguredTeamsChannel, NewTeamsChannel } from './teams/plan';
import { TopicChannel } from './topic/plan';
import type { NotificationPlan } from '../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../pipeline/problems';
import { validateNames } from '../pipeline/option-names';
import { enumOf, readRequired, ANY, FLAG, listOf, type OptionTypes, readSomeOptions } from '../pipeline/read-options';

/**
 * Notifications about the executions of a pipeline. By default, they report failed executions and pending approvals.
 *
 * Notification rules of AWS Developer Tools send the messages to SNS topics, email, Slack or Microsoft Teams. The rules
 * cost nothing.
 *
 * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/welcome.html
 *
 * @example
 * declare const team: sns.Topic;
 *
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [new DeploymentEnvironment('staging'), new DeploymentEnvironment('production')],
 *   notifications: Notification.all([
 *     Notification.email(['release@example.com']),
 *     Notification.topic(team, { events: [NotificationEvent.PIPELINE_SUCCEEDED] }),
 *   ]),
 * });
 */
export class Notification {
  /**
   * Sends notifications to an SNS topic in the account and Region of the pipeline.
   *
   * The policies of a topic of this app, and of its key if it is encrypted, are extended to allow the notification
   * service to publish. The policies of an imported topic or key cannot be changed; docs/how-to/send-notifications.md
   * lists the required statements. A topic must not be encrypted with the AWS managed key (`alias/aws/sns`), because
   * the policy of that key cannot be changed.
   *
   * The policy of a topic replaces its default policy, which allows the alarms of the account to publish. If alarms
   * publish to the topic, allow them explicitly:
   * `topic.grantPublish(new iam.ServicePrincipal('cloudwatch.amazonaws.com'))`.
   *
   * @see https://docs.aws.amazon.com/dtconsole/latest/userguide/set-up-sns.html
   */
  public static topic(topic: sns.ITopic, options: NotificationOptions = {}): Notification {
    return Notification.to(new TopicChannel(topic), options);
  }

  /**
   * Sends notifications by email.
   *
   * When the stack is deployed, the owner of each address receives a message and must confirm the subscription. Until
   * then, the address receives no notifications.
   *
   * Creates a topic, and one KMS key for all email topics of the pipeline, which costs $1 per month. To share the key
   * between pipelines, create a topic with your own key and pass it to each pipeline with {@link topic}.
   *
   * @param addresses at least one email address
   */
  public static email(addresses: string[], options: EmailNotificationOptions = {}): Notification {
    return Notification.to(new EmailChannel(addresses, options), options);
  }

  /**
   * Sends notifications to a Slack channel, and creates its channel configuration. Members of the channel cannot run
   * commands.
   *
   * Before the deployment, you must authorize the workspace once in the console of Amazon Q Developer in chat
   * applications (formerly AWS Chatbot). Otherwise, the deployment fails. To approve from Slack, or to use the channel
   * for several pipelines, create the channel configuration yourself and pass it with {@link slackChannel}.
   *
   * @param workspaceId ID of the workspace, such as `T0123ABCD`. The console shows it after the authorization
   * @param channelId ID of the channel, such as `C0123ABCD`. It is the last part of the link to the channel
   * @see https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html
   */
  public static slack(workspaceId: string, channelId: string, options: NotificationOptions = {}): Notification {
    return Notification.to(new NewSlackChannel(workspaceId, channelId), options);
  }

  /** Sends notifications to a Slack channel with an existing channel configuration, of this app or imported. */
  public static slackChannel(
    channel: chatbot.ISlackChannelConfiguration,
    options: NotificationOptions = {},
  ): Notification {
    return Notification.to(new ConfiguredSlackChannel(channel), options);
  }

  /**
   * Sends notifications to a Microsoft Teams channel, and creates its channel configuration. Members of the channel
   * cannot run commands.
   *
   * Before the deployment, you must authorize the team once in the console of Amazon Q Developer in chat applications
   * (formerly AWS Chatbot). Otherwise, the deployment fails. To use the channel for several pipelines, create the
   * channel configuration yourself and pass it with {@link teamsChannel}.
   *
   * @param tenantId ID of the tenant, 36 characters. The console shows it after the authorization
   * @param teamId ID of the team, 36 characters. The console shows it after the authorization
   * @param teamsChannelId ID of the channel, such as `19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2`. Copy it
   * from the link to the channel without decoding it
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

  /** Sends notifications to a Microsoft Teams channel with an existing channel configuration. */
  public static teamsChannel(configurationArn: string, options: NotificationOptions = {}): Notification {
    return Notification.to(new ConfiguredTeamsChannel(configurationArn), options);
  }

  /**
   * Sends several notifications. Notifications of the same events share a rule. A pipeline can have 10 rules, and a
   * rule 10 targets.
   */
  public static all(notifications: Notification[]): Notification {
    return new Notification(new AllNotifications(notifications));
  }

  /** Sends no notifications. */
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
   * Plans this notification as one of several.
   *
   * @internal
   */
  public _planChannels(problems: Problems): readonly NotificationPlan[] {
    return this.planner.plan(problems);
  }
}

const ALL_EVENTS = Object.values(NotificationEvent);
const DEFAULT_EVENTS = [NotificationEvent.PIPELINE_FAILED, NotificationEvent.APPROVAL_NEEDED];

const LIST = listOf(ANY, 'pass a list, e.g. [Notification.topic(topic)]');
const OPTION_TYPES: OptionTypes<NotificationOptions> = {
  events: listOf(enumOf(NotificationEvent), 'pass a list, e.g. [NotificationEvent.PIPELINE_FAILED]'),
  fullDetail: FLAG,
};

/** Plans the channels of a notification and their events. */
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
      at.add('be a Notification', notification, 'use e.g. Notification.topic(topic)');
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
    const { optionNames = [] } = this.channel;
    validateNames(this.options, [...Object.keys(OPTION_TYPES), ...optionNames], problems);
    const options = readSomeOptions(this.options, OPTION_TYPES, problems);
    const { fullDetail = true, events: selected = DEFAULT_EVENTS } = options;
    const events = ALL_EVENTS.filter((event) => selected.includes(event));
    if (selected.length === 0) {
      const fix = 'remove it for the default events, or use Notification.none()';
      problems.at('events').add(atLeastOne('event'), selected, fix);
    }
    if (!channel) return [];
    return [{ path: problems.path, events, detail: fullDetail ? 'FULL' : 'BASIC', channel }];
  }
}
