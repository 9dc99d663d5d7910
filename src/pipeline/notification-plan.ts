/** Describes a channel that is notified, and of what. */
export interface NotificationPlan {
  /** Property that the notification comes from, as the user writes it, such as `notifications.all[1]`. */
  readonly path: string;
  /** Ids of events, each once, in the order of the enum. */
  readonly events: readonly string[];
  readonly detail: 'FULL' | 'BASIC';
  readonly channel: ChannelSpec;
}

/** Describes a channel, with everything that rendering it requires. Each kind extends it in its own folder; only that folder reads the fields. */
export interface ChannelSpec {
  readonly kind: string;
  /** Identity among all channels: a channel that is configured twice is one. */
  readonly identity: string;
}
