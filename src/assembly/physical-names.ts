import { createHash } from 'node:crypto';
import { referenceOf } from './references';

/** Identifies a resource. Any part may be unknown, e.g. the account. */
export interface ResourceIdentity {
  /** The name of the stack that contains the resource. The name of a nested stack starts with that of its parent. */
  readonly stackName: string;
  readonly logicalId: string;
  readonly account: string;
  readonly region: string;
}

/**
 * Returns a placeholder for the physical name that CloudFormation generates. The placeholder is deterministic and has
 * the form of the generated name, so that wildcards in policies match it as they match the generated name.
 *
 * @param type the type of the resource, e.g. `AWS::S3::Bucket`
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
  // Contains no zero, because a number must not start with one.
  digits: '123456789',
};

/** The number of random characters at the end of a name that CloudFormation generates. */
const SUFFIX_LENGTH = 12;
const PLACEHOLDER = /\{(?:stack|logicalId|hash|uuid|(hex|lower|upper|mixed|digits):(\d+))\}/g;

/**
 * Fills the placeholders of a pattern (see {@link ResourceReference}) for generated characters, the stack name and the
 * logical id. Keeps all other placeholders.
 *
 * @param shown the values of `{stack}` and `{logicalId}`
 * @param identity the seed of the generated characters
 * @param mark receives each sequence of generated characters and returns its replacement
 */
export function fillPlaceholders(
  pattern: string,
  shown: ResourceIdentity,
  identity = shown,
  mark: (generated: string) => string = unmarked,
): string {
  return pattern.replace(PLACEHOLDER, (placeholder: string, alphabet?: string, length?: string) => {
    switch (placeholder) {
      case '{stack}':
        return shown.stackName;
      case '{logicalId}':
        return shown.logicalId;
      case '{hash}':
        return mark(characters('mixed', SUFFIX_LENGTH, identity));
      // In a version 4 UUID the third group starts with 4, the fourth with 8, 9, a or b.
      case '{uuid}':
        return mark(characters('hex', 32, identity).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5'));
      default:
        return mark(characters(alphabet!, Number(length), identity));
    }
  });
}

/** Precedes generated characters in a marked text. */
export const GENERATED_START = '\ue010';
const GENERATED_END = '\ue011';

/** Marks generated characters, so that they can be found in the filled pattern. */
export function markGenerated(generated: string): string {
  return GENERATED_START + generated + GENERATED_END;
}

function unmarked(generated: string) {
  return generated;
}

/** Generates characters that depend only on the resource, the alphabet and the length. */
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

/** Names up to this length have no hyphen between the stack name and the logical id. */
const SHORT = 17;

/**
 * Returns `{stack}-{logicalId}-{hash}`, truncated like the names of CloudFormation's resource types: the stack name and
 * the logical id share the length that the suffix leaves, and each uses what the other does not need.
 *
 * @see https://github.com/aws-cloudformation/cloudformation-cli-java-plugin (IdentifierUtils)
 */
function stackBound(identity: ResourceIdentity, maxLength: number): string {
  const stack = identity.stackName.replace(/^-+/, '').replace(/-{2,}/g, '-');
  const separator = maxLength > SHORT ? '-' : '';
  const free = maxLength - SUFFIX_LENGTH - 1 - separator.length;
  const first = Math.min(stack.length, Math.max(Math.ceil(free / 2), free - identity.logicalId.length));
  const shown = { ...identity, stackName: stack.slice(0, first), logicalId: identity.logicalId.slice(0, free - first) };
  return fillPlaceholders(`{stack}${separator}{logicalId}-{hash}`, shown, identity);
}

/** Truncates a logical id to the length that a pattern leaves. */
function shortened(pattern: string, logicalId: string, maxLength: number): string {
  if (!pattern.includes('{logicalId}')) return logicalId;
  const others = pattern.replace('{logicalId}', '').replace('{hash}', 'x'.repeat(SUFFIX_LENGTH)).length;
  return logicalId.slice(0, Math.max(0, maxLength - others));
}
