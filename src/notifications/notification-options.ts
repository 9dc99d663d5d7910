import type { NotificationEvent } from './notification-event';

/** Options of every {@link Notification}. */
export interface NotificationOptions {
  /**
   * What to tell.
   *
   * @default - that a run failed, and that an approval is needed
   */
  readonly events?: NotificationEvent[];

  /**
   * Whether a message also holds what the event itself does not tell: the failed stage and actions, the commits of the sources.
   *
   * @default true
   */
  readonly fullDetail?: boolean;
}
