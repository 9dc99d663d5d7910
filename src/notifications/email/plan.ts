import { AUDIENCE } from '../../aws/notification-limits';
import type { ChannelSpec, NotificationPlan } from '../../pipeline/pipeline-plan';
import type { Problems } from '../../pipeline/problems';
import { duplicates, ANY, listOf, readValue } from '../../pipeline/read-options';
import { validateEmails } from '../../pipeline/validation/names';
import type { ChannelPlanner, NotificationOptions } from '../channel-planner';

/** Options of {@link Notification.email}. */
export interface EmailNotificationOptions extends NotificationOptions {
  /**
   * Who is meant, in one word: letters and digits. It names the topic, so that a pipeline can have several, such as
   * `Leads` for failures and `Team` for everything. Another word later is another topic: everybody must confirm again.
   *
   * @default 'Email'
   */
  readonly audience?: string;
}

/** Describes e-mail to an audience. */
export interface EmailSpec extends ChannelSpec {
  readonly kind: 'email';
  /** Names the topic. */
  readonly audience: string;
  readonly addresses: readonly string[];
}

/** Each address is validated by itself. */
const LIST = listOf(ANY, "write it as in ['release@example.com']");

/** Plans notifications by e-mail. */
export class EmailChannel implements ChannelPlanner {
  public constructor(
    private readonly addresses: readonly string[],
    private readonly options: EmailNotificationOptions,
  ) {}

  public plan(problems: Problems): EmailSpec {
    const audience = this.options?.audience ?? 'Email';
    const at = problems.at('addresses');
    const addresses = readValue(this.addresses ?? [], LIST, at);
    problems.at('audience').name(audience, AUDIENCE, 'choose a word like Leads');
    if (addresses?.length === 0) {
      at.add('hold at least one address', addresses, 'add one, or use Notification.none()');
    }
    validateEmails(addresses ?? [], at);
    return { kind: 'email', identity: `email ${audience}`, audience, addresses: addresses ?? [] };
  }
}

/** Validates that no two notifications by e-mail have the same audience. */
export function validateAudiences(plans: readonly NotificationPlan[], problems: Problems): void {
  const channels = plans.map(({ channel }) => channel).filter((channel) => channel.kind === 'email');
  const audiences = channels.map((channel) => (channel as EmailSpec).audience);
  for (const audience of new Set(duplicates(audiences))) {
    problems.add(
      'have a different audience in every Notification.email, as it names the topic',
      audience,
      'pass all addresses to one of them, or pass an `audience`',
    );
  }
}
