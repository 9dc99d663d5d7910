import type { ChannelKind } from './channel-kind';
import { EMAIL } from './email/render';
import { SLACK, SLACK_CHANNEL } from './slack/render';
import { TEAMS, TEAMS_CHANNEL } from './teams/render';
import { TOPIC } from './topic/render';
import type { ChannelSpec } from '../pipeline/pipeline-plan';

/** Kinds of channels. Each receives only specs of its own kind. */
const CHANNEL_KINDS: readonly ChannelKind[] = [TOPIC, EMAIL, SLACK, SLACK_CHANNEL, TEAMS, TEAMS_CHANNEL];

/** Returns the kind of a channel. */
export function channelKindOf({ kind }: ChannelSpec): ChannelKind {
  const channelKind = CHANNEL_KINDS.find((candidate) => candidate.kind === kind);
  if (!channelKind) throw new Error(`internal error: no kind of channel '${kind}' is registered; please report it`);
  return channelKind;
}
