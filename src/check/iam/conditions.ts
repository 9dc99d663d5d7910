import { BlockList, isIP, isIPv6 } from 'node:net';
import type { Condition } from './policy';
import type { Context } from './request';
import { memberOf } from '../../assembly/json';
import { Tristate, both, either, equals, literal, matches, not, toTristate, unliteral } from '../../assembly/match';
import { ANYTHING, hasUnknown } from '../../assembly/unknown';

/** Compares a value of a policy with a value of the request. */
type Comparison = (policyValue: string, requestValue: string) => Tristate;

type Order = (requestValue: number, policyValue: number) => boolean;

function numbers(compare: Order): Comparison {
  return ordered(Number, compare);
}

function dates(compare: Order): Comparison {
  return ordered(parseDate, compare);
}

function stringEquals(policyValue: string, requestValue: string): Tristate {
  return equals(unliteral(policyValue), requestValue);
}

/** Maps each condition operator, without prefix, `IfExists` and negation, to its comparison. */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: stringEquals,
  StringEqualsIgnoreCase: (policyValue, requestValue) =>
    stringEquals(policyValue.toLowerCase(), requestValue.toLowerCase()),
  StringLike: matches,
  ArnEquals: arnMatches,
  ArnLike: arnMatches,
  BinaryEquals: stringEquals,
  Bool: booleanEquals,
  IpAddress: inAddressRange,
  NumericEquals: numbers((requestValue, policyValue) => requestValue === policyValue),
  NumericLessThan: numbers((requestValue, policyValue) => requestValue < policyValue),
  NumericLessThanEquals: numbers((requestValue, policyValue) => requestValue <= policyValue),
  NumericGreaterThan: numbers((requestValue, policyValue) => requestValue > policyValue),
  NumericGreaterThanEquals: numbers((requestValue, policyValue) => requestValue >= policyValue),
  DateEquals: dates((requestValue, policyValue) => requestValue === policyValue),
  DateLessThan: dates((requestValue, policyValue) => requestValue < policyValue),
  DateLessThanEquals: dates((requestValue, policyValue) => requestValue <= policyValue),
  DateGreaterThan: dates((requestValue, policyValue) => requestValue > policyValue),
  DateGreaterThanEquals: dates((requestValue, policyValue) => requestValue >= policyValue),
};

/** Maps each negated operator to the operator that it negates. */
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

const OPERATOR = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/;

/**
 * Evaluates a condition for a request. The result of an operator that IAM does not have is unknown.
 *
 * @param variables whether the values may contain policy variables
 */
export function meets({ operator, key, values }: Condition, context: Context, variables: boolean): Tristate {
  const requestValues = valuesOf(context, key);
  const [, set, name, ifExists] = OPERATOR.exec(operator)!;
  if (name === 'Null') return meetsNull(values, requestValues);

  const isNegated = Object.hasOwn(NEGATIONS, name);
  const compare = memberOf(COMPARISONS, memberOf(NEGATIONS, name) ?? name);
  if (compare === undefined || requestValues === 'unknown') return 'unknown';
  if (requestValues === 'absent' || requestValues.length === 0) {
    if (set === 'ForAllValues:') return 'yes';
    if (set === 'ForAnyValue:') return toTristate(ifExists !== undefined);
    return toTristate(isNegated || ifExists !== undefined);
  }

  // A value whose variable is absent matches nothing.
  const policyValues = values.flatMap((value) => (variables ? (expand(value, context) ?? []) : value));
  const results = requestValues.map((requestValue) => {
    const result = either(policyValues.map((policyValue) => compare(policyValue, requestValue)));
    if (isNegated) return not(result);
    return result;
  });
  const requiresAll = set === 'ForAllValues:' || (set === undefined && isNegated);
  if (requiresAll) return both(results);
  return either(results);
}

function meetsNull(values: readonly string[], requestValues: RequestValues): Tristate {
  if (requestValues === 'unknown') return 'unknown';
  const isNull = String(requestValues === 'absent' || requestValues.length === 0);
  return either(values.map((value) => equals(value.toLowerCase(), isNull)));
}

type RequestValues = readonly string[] | 'absent' | 'unknown';

function valuesOf(context: Context, key: string): RequestValues {
  return memberOf(context, key.toLowerCase()) ?? 'unknown';
}

/**
 * Replaces the policy variables of a string by their values. Wildcards in the values are literal characters.
 *
 * @returns undefined if a variable has no value, in which case the string matches nothing
 */
export function expand(text: string, context: Context): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  // ${*}, ${?} and ${$} are escaped characters. All other variables name a key, with an optional default in quotes.
  const expanded = text.replace(/\$\{([^{}]*)\}/g, (_, inside: string) => {
    if (['*', '?', '$'].includes(inside)) return literal(inside);
    const [key, fallback] = inside.split(/,(.*)/s).map((part) => part.trim());
    const requestValues = valuesOf(context, key);
    if (requestValues === 'unknown') return ANYTHING;
    if (requestValues !== 'absent' && requestValues.length === 1) return literal(requestValues[0]);
    if (fallback !== undefined) return literal(fallback.replace(/^'(.*)'$/, '$1'));
    missing = true;
    return '';
  });
  if (missing) return undefined;
  return expanded;
}

/** Matches ARNs part by part. A wildcard does not match a colon, except in the last part. */
function arnMatches(policyValue: string, requestValue: string): Tristate {
  const [patterns, parts] = [policyValue, requestValue].map(arnParts);
  if (patterns.length === 6 && parts.length === 6) {
    return both(patterns.map((pattern, index) => matches(pattern, parts[index])));
  }
  // A completely unknown string can be any ARN.
  if (hasUnknown(policyValue) || hasUnknown(requestValue)) return both([matches(policyValue, requestValue), 'unknown']);
  return 'no';
}

function arnParts(arn: string) {
  const parts = arn.split(':');
  if (parts.length <= 6) return parts;
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function ordered(parse: (text: string) => number, compare: Order): Comparison {
  return (policyValue, requestValue) => {
    if (hasUnknown(policyValue) || hasUnknown(requestValue)) return 'unknown';
    const [a, b] = [parse(requestValue), parse(policyValue)];
    return toTristate(!Number.isNaN(a) && !Number.isNaN(b) && compare(a, b));
  };
}

/** Compares booleans. IAM treats every value other than 'true' as false. */
function booleanEquals(policyValue: string, requestValue: string): Tristate {
  if (hasUnknown(policyValue) || hasUnknown(requestValue)) return 'unknown';
  return toTristate(isTrue(policyValue) === isTrue(requestValue));
}

function isTrue(text: string) {
  return text.toLowerCase() === 'true';
}

/** Parses a date in ISO 8601 or in seconds since 1970. */
function parseDate(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  return Date.parse(text);
}

const ADDRESS_BITS = { ipv4: 32, ipv6: 128 } as const;

function inAddressRange(policyValue: string, requestValue: string): Tristate {
  if (hasUnknown(policyValue) || hasUnknown(requestValue)) return 'unknown';
  const [address, bits] = policyValue.split('/');
  if (!isIP(address) || !isIP(requestValue) || isIPv6(address) !== isIPv6(requestValue)) return 'no';
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const prefixLength = Number(bits ?? ADDRESS_BITS[family]);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > ADDRESS_BITS[family]) return 'no';
  const range = new BlockList();
  range.addSubnet(address, prefixLength, family);
  return toTristate(range.check(requestValue, family));
}
