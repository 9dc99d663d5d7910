import { hasUnknown, replaceUnknowns } from './unknown';

/** What can be said of something that may rest on unknown values. */
export type Tristate = 'yes' | 'no' | 'unknown';

export function not(answer: Tristate): Tristate {
  return answer === 'unknown' ? answer : answer === 'yes' ? 'no' : 'yes';
}
export function both(answers: Iterable<Tristate>): Tristate {
  return combine(answers, 'no', 'yes');
}
export function either(answers: Iterable<Tristate>): Tristate {
  return combine(answers, 'yes', 'no');
}

/** `decisive` as soon as one answer is it; else unknown when one is; else `otherwise`. */
function combine(answers: Iterable<Tristate>, decisive: Tristate, otherwise: Tristate): Tristate {
  let unknown = false;
  for (const answer of answers) {
    if (answer === decisive) return decisive;
    unknown ||= answer === 'unknown';
  }
  return unknown ? 'unknown' : otherwise;
}

export function equals(a: string, b: string): Tristate {
  return a === b ? 'yes' : !differ(a, b) && (hasUnknown(a) || hasUnknown(b)) ? possible(a, b, false) : 'no';
}

/** A text whose `*` and `?` are those characters and nothing else, to be put into a pattern. */
export function literal(text: string) {
  return text.replace(/\*/g, LITERAL_STAR).replace(/\?/g, LITERAL_QUESTION);
}

/** The text behind one made by `literal`, for comparisons that know no wildcards. */
export function unliteral(text: string) {
  return text.replace(/\ue000/g, '*').replace(/\ue001/g, '?');
}

const LITERAL_STAR = '\ue000';
const LITERAL_QUESTION = '\ue001';

/** Whether a text matches a pattern in which `*` stands for any characters and `?` for one. */
export function matches(pattern: string, text: string): Tristate {
  return /[\ue000\ue001]/.test(pattern) ? matchesPlain(pattern, literal(text)) : matchesPlain(pattern, text);
}

/** Neither ARNs nor names are longer. The time that a match may take is the product of both lengths. */
const LONGEST = 2048;

function matchesPlain(pattern: string, text: string): Tristate {
  if (pattern.length > LONGEST || text.length > LONGEST) return pattern === text || pattern === '*' ? 'yes' : 'unknown';
  if (differ(pattern, text)) return 'no';
  if (!hasUnknown(pattern) && !hasUnknown(text)) return glob(pattern, text) ? 'yes' : 'no';
  // An unknown part may be of any length, none included: only a '*', or the same unknown, surely takes it in.
  return glob(pattern, text, /[\ud800-\udfff]/) ? 'yes' : possible(pattern, text, true);
}

/**
 * Whether two texts differ before, or behind, all that may stand for something else in them. Most pairs do, which is
 * found out at once.
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

/** Wildcards, and halves of characters, of which unknown values are made. */
function isOpen(code: number) {
  return code === 0x2a || code === 0x3f || (code >= 0xd800 && code <= 0xdfff);
}

function possible(pattern: string, text: string, wildcards: boolean): Tristate {
  if (pattern.length > LONGEST || text.length > LONGEST) return 'unknown';
  const known = wildcards ? pattern : pattern.replace(/[*?]/g, 'x');
  return intersect(replaceUnknowns(known, SEGMENT, '*'), replaceUnknowns(text.replace(/[*?]/g, 'x'), SEGMENT, '*'))
    ? 'unknown'
    : 'no';
}

/**
 * Matching in time of at most the product of both lengths, whatever the pattern.
 *
 * @param opaque characters that no '?' takes in
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

/** Whether some text matches both patterns. */
function intersect(a: string, b: string): boolean {
  // Most pairs differ before their first wildcard, which is found out at once.
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start] && !WILDCARD.test(a[start])) start++;
  if (start === a.length || start === b.length) {
    return [...a.slice(start), ...b.slice(start)].every((character) => character === '*' || character === SEGMENT);
  }
  if (!WILDCARD.test(a[start]) && !WILDCARD.test(b[start])) return false;
  return intersectRest(a.slice(start), b.slice(start));
}

/** Any characters but colons. */
const SEGMENT = '\ue002';
const WILDCARD = /[*?\ue002]/;

function intersectRest(a: string, b: string): boolean {
  // row[j]: whether what is left of `a` and what is left of `b` from j on have a text in common; filled from the ends.
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
