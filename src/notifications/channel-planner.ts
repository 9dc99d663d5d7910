import type { ChannelSpec } from '../pipeline/notification-plan';
import type { Problems } from '../pipeline/problems';

/** Plans a kind of channel, and reports what is wrong with it. */
export interface ChannelPlanner {
  /** Returns undefined when what the channel needs is missing. */
  plan(problems: Problems): ChannelSpec | undefined;
}

/** What to do about an id that the user has to look up. */
export const COPY_FROM_CONSOLE =
  'copy it from the console of Amazon Q Developer in chat applications, where it stands after the authorization';
