import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Condition } from './policy';
import type { Context } from './request';
import { Tristate, both, either, equals, literal, matches, not, unliteral } from '../../assembly/match';
import { ANYTHING, hasUnknown } from '../../assembly/unknown';

/** Compares a value of a policy with one of the request. */
type Comparison = (wanted: string, given: string) => Tristate;

function numbers(compare: (given: number, wanted: number) => boolean): Comparison {
  return ordered(Number, compare);
}

function dates(compare: (given: number, wanted: number) => boolean): Comparison {
  return ordered(parseDate, compare);
}

/** Every operator of a condition without its prefix, its `IfExists` and its negation. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, given) => equals(unliteral(wanted), given),
  StringEqualsIgnoreCase: (wanted, given) => equals(unliteral(wanted).toLowerCase(), given.toLowerCase()),
  StringLike: matches,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  BinaryEquals: (wanted, given) => equals(unliteral(wanted), given),
  // Whatever is not 'true' counts as false, as anybody found out who compared a key with the name of a service.
  Bool: (wanted, given) =>
    hasUnknown(wanted) || hasUnknown(given) ? 'unknown' : isTrue(wanted) === isTrue(given) ? 'yes' : 'no',
  IpAddress: inAddressRange,
  NumericEquals: numbers((given, wanted) => given === wanted),
  NumericLessThan: numbers((given, wanted) => given < wanted),
  NumericLessThanEquals: numbers((given, wanted) => given <= wanted),
  NumericGreaterThan: numbers((given, wanted) => given > wanted),
  NumericGreaterThanEquals: numbers((given, wanted) => given >= wanted),
  DateEquals: dates((given, wanted) => given === wanted),
  DateLessThan: dates((given, wanted) => given < wanted),
  DateLessThanEquals: dates((given, wanted) => given <= wanted),
  DateGreaterThan: dates((given, wanted) => given > wanted),
  DateGreaterThanEquals: dates((given, wanted) => given >= wanted),
};

/** The negated operators, by the operator that they negate. */
const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Whether a request meets a condition. An operator that is none of IAM's gives an unknown answer. */
export function meets({ operator, key, values }: Condition, context: Context, variables: boolean): Tristate {
  const given = valuesOf(context, key);
  const [, set, name, ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator)!;
  if (name === 'Null') {
    return given === 'unknown'
      ? 'unknown'
      : either(values.map((value) => equals(value.toLowerCase(), String(given === 'absent' || given.length === 0))));
  }

  const negated = Object.hasOwn(NEGATIONS, name);
  const base = negated ? NEGATIONS[name] : name;
  if (!Object.hasOwn(COMPARISONS, base)) return 'unknown';
  if (given === 'unknown') return 'unknown';
  if (given === 'absent' || given.length === 0) {
    if (set === 'ForAllValues:') return 'yes';
    if (set === 'ForAnyValue:') return ifExists ? 'yes' : 'no';
    return negated || ifExists ? 'yes' : 'no';
  }
  const wanted = values.map((value) => (variables ? expand(value, context) : value));

  function among(value: string) {
    return either(wanted.map((want) => (want === undefined ? 'no' : COMPARISONS[base](want, value))));
  }

  const eachMeets = given.map((value) => (negated ? not(among(value)) : among(value)));
  if (set === 'ForAllValues:') return both(eachMeets);
  if (set === 'ForAnyValue:') return either(eachMeets);
  return negated ? both(eachMeets) : either(eachMeets);
}

function valuesOf(context: Context, key: string): readonly string[] | 'absent' | 'unknown' {
  const name = key.toLowerCase();
  return Object.hasOwn(context, name) ? context[name] : 'unknown';
}

/**
 * A text of a policy with its variables filled in, their wildcards taken literally.
 *
 * @returns undefined when a variable has no value: the text matches nothing then
 */
export function expand(text: string, context: Context): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  // The three escapes ${*}, ${?} and ${$} are characters; everything else names a key, perhaps with a default in
  // quotes.
  const expanded = text.replace(/\$\{([^{}]*)\}/g, (_, inside: string) => {
    if (['*', '?', '$'].includes(inside)) return literal(inside);
    const [key, fallback] = inside.split(/,(.*)/s).map((part) => part.trim());
    const given = valuesOf(context, key);
    if (given === 'unknown') return ANYTHING;
    if (given !== 'absent' && given.length === 1) return literal(given[0]);
    if (fallback !== undefined) return literal(fallback.replace(/^'(.*)'$/, '$1'));
    missing = true;
    return '';
  });
  return missing ? undefined : expanded;
}

/** ARNs match part by part: a wildcard does not reach across a colon, except in the last part. */
function arnMatches(wanted: string, given: string): Tristate {
  const [a, b] = [wanted, given].map(arnParts);
  if (a.length === 6 && b.length === 6) return both(a.map((part, index) => matches(part, b[index])));
  // A text that is unknown as a whole may turn out to be any ARN.
  return hasUnknown(wanted) || hasUnknown(given) ? both([matches(wanted, given), 'unknown']) : 'no';
}

function arnParts(arn: string) {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function ordered(read: (text: string) => number, compare: (given: number, wanted: number) => boolean): Comparison {
  return (wanted, given) => {
    if (hasUnknown(wanted) || hasUnknown(given)) return 'unknown';
    const [a, b] = [read(given), read(wanted)];
    return !Number.isNaN(a) && !Number.isNaN(b) && compare(a, b) ? 'yes' : 'no';
  };
}

function isTrue(text: string) {
  return text.toLowerCase() === 'true';
}

/** ISO 8601, or seconds since 1970. */
function parseDate(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function inAddressRange(wanted: string, given: string): Tristate {
  if (hasUnknown(wanted) || hasUnknown(given)) return 'unknown';
  const [address, bits] = wanted.split('/');
  if (!isIP(address) || !isIP(given) || isIPv6(address) !== isIPv6(given)) return 'no';
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const length = bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits);
  if (!Number.isInteger(length) || length < 0 || length > (family === 'ipv6' ? 128 : 32)) return 'no';
  const range = new BlockList();
  range.addSubnet(address, length, family);
  return range.check(given, family) ? 'yes' : 'no';
}
