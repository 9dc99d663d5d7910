import { EMAIL_ADDRESS } from '../../aws/notification-limits';
import type { Problems } from '../problems';

/** Validates e-mail addresses: each becomes the id of its subscription. */
export function validateEmails(addresses: readonly string[], problems: Problems): void {
  const lower = addresses.map((address) => String(address).toLowerCase());
  for (const [i, address] of addresses.entries()) {
    const at = problems.index(i);
    at.name(address, EMAIL_ADDRESS, 'pass an address like release@example.com');
    if (lower.indexOf(lower[i]) < i) at.add('be a different address than the others', address, 'remove it');
  }
}
