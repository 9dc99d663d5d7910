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

/** Options of {@link Notification.email}. */
export interface EmailNotificationOptions extends NotificationOptions {
  /**
   * Who is meant, in one word: letters and digits. It names the topic, so that a pipeline can have several, such as `Leads` for failures and `Team`
   * for everything. Another word later is another topic: everybody must confirm again.
   *
   * @default 'Email'
   */
  readonly audience?: string;
}
