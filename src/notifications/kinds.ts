import type { ChannelKind } from './channel-kind';
import { EMAIL } from './email/render';
import { SLACK, SLACK_CHANNEL } from './slack/render';
import { TEAMS, TEAMS_CHANNEL } from './teams/render';
import { TOPIC } from './topic/render';
import type { ChannelSpec } from '../pipeline/pipeline-plan';

/** Kinds of channels. Each receives only its own specs. */
const CHANNEL_KINDS: Readonly<Record<string, () => ChannelKind>> = {
  topic: () => TOPIC,
  email: () => EMAIL,
  slack: () => SLACK,
  'slack-channel': () => SLACK_CHANNEL,
  teams: () => TEAMS,
  'teams-channel': () => TEAMS_CHANNEL,
};

/** Returns the kind of a channel. */
export function channelKindOf({ kind }: ChannelSpec): ChannelKind {
  if (!Object.hasOwn(CHANNEL_KINDS, kind)) {
    throw new Error(`internal error: no kind of channel '${kind}' is registered; please report it`);
  }
  return CHANNEL_KINDS[kind]();
}
