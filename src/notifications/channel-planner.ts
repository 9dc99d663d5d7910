import type { NotificationEvent } from './notification-event';
import type { ChannelSpec } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Options of every {@link Notification}. */
export interface NotificationOptions {
  /**
   * What to tell.
   *
   * @default - that a run failed, and that an approval is needed
   */
  readonly events?: NotificationEvent[];

  /**
   * Whether a message also holds what the event itself does not tell: the failed stage and actions, the commits of the
   * sources.
   *
   * @default true
   */
  readonly fullDetail?: boolean;
}

/** Plans a kind of channel, and reports what is wrong with it. */
export interface ChannelPlanner {
  /** Returns undefined when what the channel needs is missing. */
  plan(problems: Problems): ChannelSpec | undefined;
}

/** What to do about an id that the user has to look up. */
export const COPY_FROM_CONSOLE =
  'copy it from the console of Amazon Q Developer in chat applications, where it stands after the authorization';
