import { fillPlaceholders, type ResourceIdentity } from '../physical-names';
import { hasUnknown } from '../unknown';
import type { ResourceReference } from './reference';

/** What a resource and its stack put into the placeholders of a pattern. */
export interface PatternSource {
  readonly identity: ResourceIdentity;
  readonly name: string;
  readonly partition: string;
  /** The URL suffix. */
  readonly dns: string;
  /** The value of a property as a text; undefined where the template gives none. */
  property(path: string): string | undefined;
  /** The ARN of what a property names. It is asked for names only, not for ARNs. */
  arnOf(type: string, name: string): string;
  /** The text for something that is not known. */
  unknown(words: string): string;
}

const PLACEHOLDER = /\{(\/?[a-zA-Z]+)(?::([\w.]+))?(?:\|([^{}]*))?\}/g;

/** A pattern of a {@link ResourceReference} with every placeholder filled. */
export function fillPattern(pattern: string, reference: ResourceReference, source: PatternSource): string {
  return fillPlaceholders(pattern, source.identity).replace(
    PLACEHOLDER,
    (whole: string, placeholder: string, path = '', otherwise?: string) => {
      function fill(other: string | undefined, fallback = '{unknown}') {
        return fillPattern(other ?? fallback, reference, source);
      }

      function property() {
        return source.property(path) ?? otherwise ?? source.unknown(`${path} of ${source.identity.logicalId}`);
      }

      switch (placeholder) {
        case 'name':
          return source.name;
        case '/name':
          return `/${source.name.replace(/^\//, '')}`;
        case 'arn':
          return fill(reference.arn);
        case 'ref':
          return fill(reference.ref, '{name}');
        case 'partition':
          return source.partition;
        case 'region':
          return source.identity.region;
        case 'account':
          return source.identity.account;
        case 'dns':
          return source.dns;
        case 'prop':
          return property();
        case 'spelled':
          return spelled(reference.spelled?.[path] ?? {}, property());
        case 'tailOf':
          return tailOf(property());
        case 'dirOf':
          return separated(source.property(path), '/');
        case 'barOf':
          return separated(source.property(path), '|');
        case 'arnOf':
          return maybeArn(property(), (name) => source.arnOf(reference.names![path], name));
        case 'unknown':
          return source.unknown(`what ${source.identity.logicalId} returns`);
        default:
          throw new Error(`no placeholder: ${whole}`);
      }
    },
  );
}

function spelled(words: Readonly<Record<string, string>>, value: string) {
  return Object.hasOwn(words, value) ? words[value] : value;
}

/** What follows the first slashes of an ARN or a URL. */
function tailOf(value: string) {
  return /^arn:|:\/\//.test(value) ? value.replace(/^[^/]*\/+/, '') : value;
}

/** An unknown value may be the default, so its separator is as unknown as itself. */
function separated(value: string | undefined, separator: string): string {
  const tail = tailOf(value ?? 'default');
  if (tail === 'default') return '';
  return hasUnknown(tail) ? tail : `${tail}${separator}`;
}

/** A value that begins with something unknown may be an ARN, and is left to be that. */
function maybeArn(value: string, arnOf: (name: string) => string) {
  return value.startsWith('arn:') || hasUnknown([...value][0] ?? '') ? value : arnOf(value);
}
