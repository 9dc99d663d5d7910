import { createHash } from 'node:crypto';
import { UnreadableInput } from './json';

/**
 * Represents values that a template does not contain. An unknown value is one private-use character, so a partly
 * unknown string is an ordinary string with such a character: joining, splitting and comparing it need no special case.
 * Two characters are equal only if they represent the same unknown value.
 */

/** Describes why a value is unknown. */
export interface UnknownReason {
  readonly kind: 'environment' | 'parameter' | 'attribute' | 'function' | 'dynamic-reference' | 'import' | 'runtime';
  /** The text in messages, e.g. "parameter Stage has no default". */
  readonly description: string;
}

// The supplementary private use areas. Templates that contain these characters are rejected.
const FIRST = 0xf0000;
/** The first characters represent accounts and Regions, which contain only letters, digits and hyphens. */
const ENVIRONMENTS = 16;
const ENVIRONMENT = new RegExp(
  `[${String.fromCodePoint(FIRST)}-${String.fromCodePoint(FIRST + ENVIRONMENTS - 1)}]`,
  'gu',
);
const LAST = 0x10fffc;
/** Represents an unknown string without a description, for temporary values that do not occur in messages. */
export const ANYTHING = String.fromCodePoint(LAST + 1);
const UNKNOWN = /[\u{f0000}-\u{10fffd}]/u;
const ALL_UNKNOWNS = /[\u{f0000}-\u{10fffd}]/gu;

const MAX_DESCRIPTION_LENGTH = 300;
const MAX_IDENTITY_LENGTH = 1000;

/** Creates and describes the unknown values of one model. */
export class Unknowns {
  private readonly characters = new Map<string, string>();
  private readonly reasons = new Map<string, UnknownReason>();
  private nextEnvironment = FIRST;
  private nextOther = FIRST + ENVIRONMENTS;

  /**
   * Returns the character that represents an unknown value.
   *
   * @param identity the same identity returns the same character. Defaults to the description
   */
  public text(reason: UnknownReason, identity = reason.description): string {
    const key = identity.length > MAX_IDENTITY_LENGTH ? createHash('sha256').update(identity).digest('hex') : identity;
    const existing = this.characters.get(key);
    if (existing !== undefined) return existing;
    const character = String.fromCodePoint(this.nextCode(reason.kind));
    this.reasons.set(character, { ...reason, description: abbreviated(reason.description) });
    this.characters.set(key, character);
    return character;
  }

  private nextCode(kind: UnknownReason['kind']): number {
    const isEnvironment = kind === 'environment';
    const code = isEnvironment ? this.nextEnvironment++ : this.nextOther++;
    if (code > (isEnvironment ? FIRST + ENVIRONMENTS - 1 : LAST)) {
      throw new UnreadableInput('the templates contain too many unknown values; check them in parts');
    }
    return code;
  }

  /** Returns the reasons of the unknown parts of a string, in their order. */
  public reasonsIn(text: string): UnknownReason[] {
    return [...new Set(text.match(ALL_UNKNOWNS) ?? [])].map(this.reasonOf);
  }

  /** Returns whether a string has an unknown part that is not an account or a Region. */
  public opaque(text: string): boolean {
    return hasUnknown(text) && this.reasonsIn(text).some(({ kind }) => kind !== 'environment');
  }

  /** Replaces each unknown part by `<description>`, and an unknown account or Region by its pseudo parameter. */
  public show(text: string): string {
    return this.replace(text, (description) => `<${description}>`);
  }

  /** Returns a string as a pattern for a policy, with a wildcard for each unknown part. */
  public pattern(text: string): string {
    return this.replace(text, () => '*');
  }

  private replace(text: string, replacementOf: (description: string) => string): string {
    return text.replace(ALL_UNKNOWNS, (character) => {
      const { kind, description } = this.reasonOf(character);
      if (kind === 'environment') return description;
      return replacementOf(description);
    });
  }

  private readonly reasonOf = (character: string) => this.reasons.get(character)!;
}

/** Returns whether a string has an unknown part. */
export function hasUnknown(text: string) {
  return UNKNOWN.test(text);
}

function abbreviated(description: string) {
  if (description.length <= MAX_DESCRIPTION_LENGTH) return description;
  return `${description.slice(0, MAX_DESCRIPTION_LENGTH)}…`;
}

/** Replaces every unknown account and Region, and every other unknown part. */
export function replaceUnknowns(text: string, environment: string, other: string) {
  return text.replace(ENVIRONMENT, () => environment).replace(ALL_UNKNOWNS, () => other);
}
