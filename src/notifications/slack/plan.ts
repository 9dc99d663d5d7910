import type { aws_chatbot as chatbot } from 'aws-cdk-lib';
import { SLACK_CHANNEL_ID, SLACK_WORKSPACE_ID } from '../../aws/notification-limits';
import type { ChannelSpec } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { readRequired, resourceWith } from '../../pipeline/read-options';
import { COPY_FROM_CONSOLE, type ChannelPlanner } from '../channel-planner';

/** Describes a Slack channel that the pipeline configures. */
export interface SlackSpec extends ChannelSpec {
  readonly kind: 'slack';
  readonly workspaceId: string;
  readonly channelId: string;
}

/** Describes a Slack channel by a configuration of the user. */
export interface SlackChannelSpec extends ChannelSpec {
  readonly kind: 'slack-channel';
  readonly configuration: chatbot.ISlackChannelConfiguration;
}

/** Plans notifications to a Slack channel that the pipeline configures. */
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

const CONFIGURATION = resourceWith('slackChannelConfigurationArn', 'a Slack channel configuration');

/** Plans notifications to a Slack channel by a configuration of the user. */
export class ConfiguredSlackChannel implements ChannelPlanner {
  public constructor(private readonly configuration: chatbot.ISlackChannelConfiguration) {}

  public plan(problems: Problems): SlackChannelSpec | undefined {
    const configuration = readRequired(this.configuration, CONFIGURATION, problems.at('channel'));
    if (!configuration) return undefined;
    const identity = `configuration ${configuration.slackChannelConfigurationArn}`;
    return { kind: 'slack-channel', identity, configuration };
  }
}
