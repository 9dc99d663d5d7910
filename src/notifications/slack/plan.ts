import type { aws_chatbot as chatbot } from 'aws-cdk-lib';
import { COPY_FROM_CONSOLE, type ChannelPlanner } from '../channel-planner';
import { SLACK_CHANNEL_ID, SLACK_WORKSPACE_ID } from '../../aws/limits';
import type { ChannelSpec } from '../../pipeline/notification-plan';
import type { Problems } from '../../pipeline/problems';
import { isResource } from '../../pipeline/option-readers';

/** Describes a channel of Slack that the pipeline configures. */
export interface SlackSpec extends ChannelSpec {
  readonly kind: 'slack';
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Describes a channel of Slack that the user has configured. */
export interface SlackChannelSpec extends ChannelSpec {
  readonly kind: 'slack-channel';
  readonly configuration: chatbot.ISlackChannelConfiguration;
}

/** Plans notifications to a channel of Slack that the pipeline configures. */
export class NewSlackChannel implements ChannelPlanner {
  public constructor(
    private readonly workspaceId: string,
    private readonly channelId: string,
  ) {}

  public plan(problems: Problems): SlackSpec {
    const { workspaceId, channelId } = this;
    const fix = 'copy it from the end of the link to the channel';
    problems.at('workspaceId').name(workspaceId, SLACK_WORKSPACE_ID, COPY_FROM_CONSOLE);
    problems.at('channelId').name(channelId, SLACK_CHANNEL_ID, fix);
    return { kind: 'slack', identity: `slack ${workspaceId} ${channelId}`, workspaceId, channelId };
  }
}

/** Plans notifications to a channel of Slack that the user has configured. */
export class ConfiguredSlackChannel implements ChannelPlanner {
  public constructor(private readonly configuration: chatbot.ISlackChannelConfiguration) {}

  public plan(problems: Problems): SlackChannelSpec | undefined {
    const { configuration } = this;
    const fix = 'pass a configuration, e.g. new chatbot.SlackChannelConfiguration(this, ...)';
    const at = problems.at('channel');
    const what = 'a configuration of a channel';
    if (!isResource(configuration, 'slackChannelConfigurationArn', what, fix, at)) return undefined;
    const identity = `configuration ${configuration.slackChannelConfigurationArn}`;
    return { kind: 'slack-channel', identity, configuration };
  }
}
