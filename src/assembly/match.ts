import { hasUnknown, replaceUnknowns } from './unknown';

/** The result of a test that may depend on unknown values. */
export type Tristate = 'yes' | 'no' | 'unknown';

export function toTristate(condition: boolean): Tristate {
  if (condition) return 'yes';
  return 'no';
}

const NEGATIONS = { yes: 'no', no: 'yes', unknown: 'unknown' } as const;

export function not(answer: Tristate): Tristate {
  return NEGATIONS[answer];
}
export function both(answers: Iterable<Tristate>): Tristate {
  return combine(answers, 'no', 'yes');
}
export function either(answers: Iterable<Tristate>): Tristate {
  return combine(answers, 'yes', 'no');
}

/** Returns `decisive` if an answer is decisive, otherwise unknown if an answer is unknown, otherwise `otherwise`. */
function combine(answers: Iterable<Tristate>, decisive: Tristate, otherwise: Tristate): Tristate {
  let unknown = false;
  for (const answer of answers) {
    if (answer === decisive) return decisive;
    unknown ||= answer === 'unknown';
  }
  if (unknown) return 'unknown';
  return otherwise;
}

export function equals(a: string, b: string): Tristate {
  if (a === b) return 'yes';
  if (differ(a, b) || !(hasUnknown(a) || hasUnknown(b))) return 'no';
  return possible(a, b, false);
}

/** Escapes `*` and `?` of a string, so that a pattern that contains the string matches them literally. */
export function literal(text: string) {
  return text.replace(/\*/g, LITERAL_STAR).replace(/\?/g, LITERAL_QUESTION);
}

/** Reverses `literal`, for comparisons without wildcards. */
export function unliteral(text: string) {
  return text.replace(/\ue000/g, '*').replace(/\ue001/g, '?');
}

const LITERAL_STAR = '\ue000';
const LITERAL_QUESTION = '\ue001';

/** Matches a string against a pattern in which `*` matches any characters and `?` matches one. */
export function matches(pattern: string, text: string): Tristate {
  const hasLiterals = /[\ue000\ue001]/.test(pattern);
  return matchesPlain(pattern, hasLiterals ? literal(text) : text);
}

/** Limits the length, because the time of a match is proportional to the product of both lengths. */
const LONGEST = 2048;

function matchesPlain(pattern: string, text: string): Tristate {
  if (pattern.length > LONGEST || text.length > LONGEST) return pattern === text || pattern === '*' ? 'yes' : 'unknown';
  if (differ(pattern, text)) return 'no';
  if (!hasUnknown(pattern) && !hasUnknown(text)) return toTristate(glob(pattern, text));
  // An unknown part can have any length, including zero. Only a '*', or the same unknown, matches it with certainty.
  if (glob(pattern, text, /[\ud800-\udfff]/)) return 'yes';
  return possible(pattern, text, true);
}

/**
 * Returns whether two strings differ before their first, or after their last, wildcard or unknown part. This is a fast
 * test that decides most pairs.
 */
function differ(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start] && !isOpen(a.charCodeAt(start))) start++;
  if (start < shorter && !isOpen(a.charCodeAt(start)) && !isOpen(b.charCodeAt(start))) return true;
  let end = 1;
  while (end <= shorter && a.at(-end) === b.at(-end) && !isOpen(a.charCodeAt(a.length - end))) end++;
  return end <= shorter && !isOpen(a.charCodeAt(a.length - end)) && !isOpen(b.charCodeAt(b.length - end));
}

/** Returns whether a character is a wildcard or a surrogate, which is half of an unknown value. */
function isOpen(code: number) {
  return code === 0x2a || code === 0x3f || (code >= 0xd800 && code <= 0xdfff);
}

function possible(pattern: string, text: string, wildcards: boolean): Tristate {
  if (pattern.length > LONGEST || text.length > LONGEST) return 'unknown';
  const left = replaceUnknowns(wildcards ? pattern : withoutWildcards(pattern), SEGMENT, '*');
  const right = replaceUnknowns(withoutWildcards(text), SEGMENT, '*');
  if (intersect(left, right)) return 'unknown';
  return 'no';
}

function withoutWildcards(text: string) {
  return text.replace(/[*?]/g, 'x');
}

/**
 * Matches a string against a pattern. The time is at most proportional to the product of both lengths.
 *
 * @param opaque characters that '?' does not match
 */
function glob(pattern: string, text: string, opaque?: RegExp): boolean {
  let p = 0;
  let star = -1;
  let mark = 0;
  for (let t = 0; t < text.length;) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === '?' && !opaque?.test(text[t])))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Returns whether a string exists that matches both patterns. */
function intersect(a: string, b: string): boolean {
  // Decides most pairs, which differ before their first wildcard.
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start] && !WILDCARD.test(a[start])) start++;
  if (start === a.length || start === b.length) {
    return [...a.slice(start), ...b.slice(start)].every((character) => character === '*' || character === SEGMENT);
  }
  if (!WILDCARD.test(a[start]) && !WILDCARD.test(b[start])) return false;
  return intersectRest(a.slice(start), b.slice(start));
}

/** Matches any characters except colons. */
const SEGMENT = '\ue002';
const WILDCARD = /[*?\ue002]/;

function intersectRest(a: string, b: string): boolean {
  // row[j]: whether a string exists that matches the rest of `a` from i and the rest of `b` from j. Filled from the
  // ends.
  let below: boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const row: boolean[] = [];
    for (let j = b.length; j >= 0; j--) {
      if (i === a.length && j === b.length) row[j] = true;
      else if (a[i] === '*') row[j] = below[j] || (j < b.length && row[j + 1]);
      else if (b[j] === '*') row[j] = row[j + 1] || (i < a.length && below[j]);
      else if (a[i] === SEGMENT) row[j] = below[j] || (j < b.length && b[j] !== ':' && row[j + 1]);
      else if (b[j] === SEGMENT) row[j] = row[j + 1] || (i < a.length && a[i] !== ':' && below[j]);
      else row[j] = i < a.length && j < b.length && (a[i] === b[j] || a[i] === '?' || b[j] === '?') && below[j + 1];
    }
    below = row;
  }
  return below[0];
}
