import { AUDIENCE } from '../../aws/notification-limits';
import type { ChannelSpec, NotificationPlan } from '../../pipeline/pipeline-plan';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import { duplicates, ANY, listOf, readValue } from '../../pipeline/read-options';
import { validateEmails } from '../../pipeline/validation/names';
import type { ChannelPlanner, NotificationOptions } from '../channel-planner';

/** Options of {@link Notification.email}. */
export interface EmailNotificationOptions extends NotificationOptions {
  /**
   * Name of the recipients, in letters and digits. It identifies the topic if a pipeline has several, such as `Leads`
   * for failures and `Team` for all events.
   *
   * If you change it, the topic is replaced, and all recipients must confirm their subscriptions again.
   *
   * @default 'Email'
   */
  readonly audience?: string;
}

/** Describes emails to an audience. */
export interface EmailSpec extends ChannelSpec {
  readonly kind: 'email';
  /** Construct id of the topic. */
  readonly audience: string;
  readonly addresses: readonly string[];
}

/** Type of lists of addresses, which are validated individually. */
const ADDRESSES = listOf(ANY, "pass a list, e.g. ['release@example.com']");

/** Plans notifications by email. */
export class EmailChannel implements ChannelPlanner {
  public readonly optionNames = ['audience'];

  public constructor(
    private readonly addresses: readonly string[],
    private readonly options: EmailNotificationOptions,
  ) {}

  public plan(problems: Problems): EmailSpec {
    const audience = this.options?.audience ?? 'Email';
    const at = problems.at('addresses');
    const addresses = readValue(this.addresses ?? [], ADDRESSES, at);
    problems.at('audience').name(audience, AUDIENCE, "choose a word, e.g. 'Leads'");
    if (addresses?.length === 0) at.add(atLeastOne('address'), addresses, 'add one, or use Notification.none()');
    validateEmails(addresses ?? [], at);
    return { kind: 'email', identity: `email ${audience}`, audience, addresses: addresses ?? [] };
  }
}

/** Validates that the audiences of email notifications are unique. */
export function validateAudiences(plans: readonly NotificationPlan[], problems: Problems): void {
  const channels = plans.map(({ channel }) => channel).filter((channel) => channel.kind === 'email');
  const audiences = channels.map((channel) => (channel as EmailSpec).audience);
  for (const audience of new Set(duplicates(audiences))) {
    problems.add(
      'have a unique audience for each Notification.email',
      audience,
      "pass all addresses to one Notification.email, or set different values of 'audience'",
    );
  }
}
