import type { NotificationOptions } from '../notification-options';

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
