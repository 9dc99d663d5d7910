import { createHash } from 'node:crypto';
import { referenceOf } from './references';

/**
 * What tells one resource from all others. Any part may be unknown, e.g. the account; an unknown part shows in no
 * invented character.
 */
export interface ResourceIdentity {
  /** Of a nested stack: its own name, which begins with that of its parent. */
  readonly stackName: string;
  readonly logicalId: string;
  readonly account: string;
  readonly region: string;
}

/**
 * A physical name for a resource to which the template gives none. It is always the same for the same resource and
 * looks like the one that CloudFormation would make, so that wildcards in policies match it or not as they would in
 * reality.
 *
 * @param type of the resource, e.g. `AWS::S3::Bucket`
 */
export function placeholderName(type: string, identity: ResourceIdentity): string {
  const { placeholders = 'mixed', maxLength = Infinity } = referenceOf(type) ?? {};
  switch (placeholders) {
    case 'mixed':
      return stackBound(identity, maxLength);
    case 'lower':
      return stackBound(identity, maxLength).toLowerCase();
    case 'uuid':
      return fillPlaceholders('{uuid}', identity);
    default:
      return fillPlaceholders(
        placeholders,
        { ...identity, logicalId: shortened(placeholders, identity.logicalId, maxLength) },
        identity,
      );
  }
}

const HEX = '0123456789abcdef';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const ALPHABETS: Readonly<Record<string, string>> = {
  hex: HEX,
  lower: LOWER,
  upper: UPPER,
  mixed: LOWER + UPPER.slice(0, 26),
  // A number does not begin with a zero; leaving zeros out is the simplest way to that.
  digits: '123456789',
};

/** CloudFormation ends its names with so many random letters and digits. */
const SUFFIX_LENGTH = 12;
const INVENTED = /\{(?:stack|logicalId|hash|uuid|(hex|lower|upper|mixed|digits):(\d+))\}/g;

/**
 * Fills those placeholders of a pattern (see {@link ResourceReference}) that stand for invented characters, the stack's
 * name and the logical id. All others stay.
 *
 * @param words what `{stack}` and `{logicalId}` become
 * @param identity what the invented characters are made from
 */
export function fillPlaceholders(pattern: string, words: ResourceIdentity, identity = words): string {
  return pattern.replace(INVENTED, (placeholder: string, alphabet?: string, length?: string) => {
    switch (placeholder) {
      case '{stack}':
        return words.stackName;
      case '{logicalId}':
        return words.logicalId;
      case '{hash}':
        return characters('mixed', SUFFIX_LENGTH, identity);
      // Version 4, so the third group begins with a 4 and the fourth with an 8, 9, a or b.
      case '{uuid}':
        return characters('hex', 32, identity).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
      default:
        return characters(alphabet!, Number(length), identity);
    }
  });
}

/** Characters that are always the same for the same resource, alphabet and length. */
function characters(
  alphabet: string,
  length: number,
  { stackName, logicalId, account, region }: ResourceIdentity,
): string {
  const letters = ALPHABETS[alphabet];
  let text = '';
  for (let block = 0; text.length < length; block++) {
    const seed = JSON.stringify([alphabet, length, block, stackName, logicalId, account, region]);
    text += Array.from(createHash('sha256').update(seed).digest(), (byte) => letters[byte % letters.length]).join('');
  }
  return text.slice(0, length);
}

/** Names this short have no dash between the stack's name and the logical id. */
const SHORT = 17;

/**
 * `{stack}-{logicalId}-{hash}`, cut as the library does with which AWS writes CloudFormation's resource types
 * (https://github.com/aws-cloudformation/cloudformation-cli-java-plugin, IdentifierUtils): the stack's name and the
 * logical id share what the suffix leaves, and each takes what the other does not need.
 */
function stackBound(identity: ResourceIdentity, maxLength: number): string {
  const stack = identity.stackName.replace(/^-+/, '').replace(/-{2,}/g, '-');
  const separator = maxLength > SHORT ? '-' : '';
  const free = maxLength - SUFFIX_LENGTH - 1 - separator.length;
  const first = Math.min(stack.length, Math.max(Math.ceil(free / 2), free - identity.logicalId.length));
  const words = { ...identity, stackName: stack.slice(0, first), logicalId: identity.logicalId.slice(0, free - first) };
  return fillPlaceholders(`{stack}${separator}{logicalId}-{hash}`, words, identity);
}

/** The part of a logical id for which a pattern has room. */
function shortened(pattern: string, logicalId: string, maxLength: number): string {
  if (!pattern.includes('{logicalId}')) return logicalId;
  const others = pattern.replace('{logicalId}', '').replace('{hash}', 'x'.repeat(SUFFIX_LENGTH)).length;
  return logicalId.slice(0, Math.max(0, maxLength - others));
}
