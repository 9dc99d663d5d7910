import { checkName, problem, type Problem } from '../problems';
import { EMAIL_ADDRESS } from '../../aws/limits';

/** What is wrong with e-mail addresses: each becomes the id of its subscription. */
export function checkEmails(prop: string, addresses: readonly string[]): Problem[] {
  const lower = addresses.map((address) => String(address).toLowerCase());
  return addresses.flatMap((address, i) => [
    ...checkName(`${prop}[${i}]`, address, EMAIL_ADDRESS, 'pass an address like release@example.com'),
    ...(lower.indexOf(lower[i]) < i
      ? [problem(`${prop}[${i}]`, 'be a different address than the others', address, 'remove it')]
      : []),
  ]);
}
