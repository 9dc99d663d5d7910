import type { NotificationEvent } from './notification-event';
import type { ChannelSpec } from '../pipeline/pipeline-plan';
import type { Problems } from '../pipeline/problems';

/** Options of every {@link Notification}. */
export interface NotificationOptions {
  /**
   * Events to notify of.
   *
   * @default - `PIPELINE_FAILED` and `APPROVAL_NEEDED`
   */
  readonly events?: NotificationEvent[];

  /**
   * Whether messages contain details that the event itself does not: failed stages and actions, and the commits of the
   * sources.
   *
   * @default true
   */
  readonly fullDetail?: boolean;
}

/** Plans a kind of channel, and reports its problems. */
export interface ChannelPlanner {
  /** Names of the options of the channel, besides those of every notification. */
  readonly optionNames?: readonly string[];
  /** Returns undefined if a required value is missing. */
  plan(problems: Problems): ChannelSpec | undefined;
}

/** Fix of an ID that the console shows. */
export const COPY_FROM_CONSOLE =
  'copy it from the console of Amazon Q Developer in chat applications, which shows it after the authorization';
