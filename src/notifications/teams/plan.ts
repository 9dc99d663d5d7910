import { Token } from 'aws-cdk-lib';
import { COPY_FROM_CONSOLE, type ChannelPlanner } from '../channel-planner';
import { CHAT_CONFIGURATION_ARN, MICROSOFT_ID, TEAMS_CHANNEL_ID } from '../../aws/notification-limits';
import type { ChannelSpec } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';

/** Describes a Microsoft Teams channel that the pipeline configures. */
export interface TeamsSpec extends ChannelSpec {
  readonly kind: 'teams';
  readonly tenantId: string;
  readonly teamId: string;
  readonly channelId: string;
}

/** Describes a Microsoft Teams channel by a configuration of the user. */
export interface TeamsChannelSpec extends ChannelSpec {
  readonly kind: 'teams-channel';
  readonly configurationArn: string;
}

/** Plans notifications to a Microsoft Teams channel that the pipeline configures. */
export class NewTeamsChannel implements ChannelPlanner {
  public constructor(
    private readonly tenantId: string,
    private readonly teamId: string,
    private readonly teamsChannelId: string,
  ) {}

  public plan(problems: Problems): TeamsSpec {
    const { tenantId, teamId, teamsChannelId: channelId } = this;
    const fix = 'copy it from the link to the channel, including %3a and %40';
    problems.at('tenantId').name(tenantId, MICROSOFT_ID, COPY_FROM_CONSOLE);
    problems.at('teamId').name(teamId, MICROSOFT_ID, COPY_FROM_CONSOLE);
    problems.at('teamsChannelId').name(channelId, TEAMS_CHANNEL_ID, fix);
    const identity = `teams ${tenantId} ${teamId} ${channelId}`.toLowerCase();
    return { kind: 'teams', identity, tenantId, teamId, channelId };
  }
}

/** Plans notifications to a Microsoft Teams channel by a configuration of the user. */
export class ConfiguredTeamsChannel implements ChannelPlanner {
  public constructor(private readonly configurationArn: string) {}

  public plan(problems: Problems): TeamsChannelSpec {
    const { configurationArn } = this;
    if (typeof configurationArn !== 'string' || !Token.isUnresolved(configurationArn)) {
      const fix = 'pass the ARN of a Microsoft Teams channel configuration';
      problems.at('configurationArn').name(configurationArn, CHAT_CONFIGURATION_ARN, fix);
    }
    return { kind: 'teams-channel', identity: `configuration ${configurationArn}`, configurationArn };
  }
}
