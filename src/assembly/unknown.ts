import { createHash } from 'node:crypto';
import { UnreadableInput } from './json';

/**
 * What a template does not tell. An unknown value is a text of one private character, so a text of which a part is
 * unknown is an ordinary text that holds such a character: joining, splitting and comparing it need no special case.
 * Two characters are equal only when they stand for the same unknown.
 */

/** Why a value is unknown. */
export interface UnknownReason {
  readonly kind: 'environment' | 'parameter' | 'attribute' | 'function' | 'dynamic-reference' | 'import' | 'runtime';
  /** For people, e.g. "parameter Stage has no default". */
  readonly description: string;
}

// The supplementary private use areas: no template of anybody's uses them, and one that does is refused when it is
// read.
const FIRST = 0xf0000;
/** The first ones stand for accounts and regions, which hold letters, digits and hyphens only. */
const ENVIRONMENTS = 16;
const ENVIRONMENT = new RegExp(
  `[${String.fromCodePoint(FIRST)}-${String.fromCodePoint(FIRST + ENVIRONMENTS - 1)}]`,
  'gu',
);
const LAST = 0x10fffc;
/** Some unknown text, about which nothing is to be said: for values that live shortly and reach no message. */
export const ANYTHING = String.fromCodePoint(LAST + 1);
const UNKNOWN = /[\u{f0000}-\u{10fffd}]/u;
const ALL_UNKNOWNS = /[\u{f0000}-\u{10fffd}]/gu;

/** For people that is enough. */
const LONGEST_WORDS = 300;
const LONGEST_IDENTITY = 1000;

/** The unknowns of one reading of templates. */
export class Unknowns {
  private readonly characters = new Map<string, string>();
  private readonly reasons = new Map<string, UnknownReason>();
  private nextEnvironment = FIRST;
  private nextOther = FIRST + ENVIRONMENTS;

  /**
   * The text that stands for an unknown.
   *
   * @param identity what tells it from all others: the same always gives the same text. By default its words
   */
  public text(reason: UnknownReason, identity = reason.description): string {
    const key = identity.length > LONGEST_IDENTITY ? createHash('sha256').update(identity).digest('hex') : identity;
    const known = this.characters.get(key);
    if (known !== undefined) return known;
    const isEnvironment = reason.kind === 'environment';
    const code = isEnvironment ? this.nextEnvironment++ : this.nextOther++;
    if (code > (isEnvironment ? FIRST + ENVIRONMENTS - 1 : LAST)) {
      throw new UnreadableInput('the templates hold more unknown values than can be told apart');
    }
    const character = String.fromCodePoint(code);
    this.reasons.set(character, {
      ...reason,
      description: reason.description.length > LONGEST_WORDS ? `${reason.description.slice(0, LONGEST_WORDS)}…` : reason.description,
    });
    this.characters.set(key, character);
    return character;
  }

  /** The reasons for the unknown parts of a text, in their order. */
  public reasonsIn(text: string): UnknownReason[] {
    return [...new Set(text.match(ALL_UNKNOWNS) ?? [])].map(this.reasonOf);
  }

  /** Whether a part of a text is unknown that may hold any character: all but accounts and regions. */
  public opaque(text: string): boolean {
    return hasUnknown(text) && this.reasonsIn(text).some(({ kind }) => kind !== 'environment');
  }

  /**
   * A text for people, in which each unknown part reads `<why>`, and an account or region that the template leaves open
   * as there.
   */
  public show(text: string): string {
    return text.replace(ALL_UNKNOWNS, (character) => {
      const { kind, description: words } = this.reasonOf(character);
      return kind === 'environment' ? words : `<${words}>`;
    });
  }

  /** A text as a pattern of a policy: what is unknown may be anything. */
  public pattern(text: string): string {
    return text.replace(ALL_UNKNOWNS, (character) => {
      const { kind, description: words } = this.reasonOf(character);
      return kind === 'environment' ? words : '*';
    });
  }

  private readonly reasonOf = (character: string) => this.reasons.get(character)!;
}

/** Whether a part of a text is unknown. */
export function hasUnknown(text: string) {
  return UNKNOWN.test(text);
}

/** A text with every unknown part replaced: accounts and regions, and all others. */
export function replaceUnknowns(text: string, environment: string, other: string) {
  return text.replace(ENVIRONMENT, () => environment).replace(ALL_UNKNOWNS, () => other);
}
