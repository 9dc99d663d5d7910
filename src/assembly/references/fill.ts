import { fillPlaceholders, type ResourceIdentity } from '../physical-names';
import { hasUnknown } from '../unknown';
import type { ResourceReference } from './reference';

/** Provides the values of a resource and its stack for the placeholders of a pattern. */
export interface PatternSource {
  readonly identity: ResourceIdentity;
  readonly name: string;
  readonly partition: string;
  /** The URL suffix. */
  readonly dns: string;
  /** Returns the value of a property as a string, or undefined if the template does not contain it. */
  property(path: string): string | undefined;
  /** Returns the ARN of a resource that a property references by name. */
  arnOf(type: string, name: string): string;
  /** Returns the string that represents an unknown value. */
  unknown(description: string): string;
  /** Receives each sequence of generated characters and returns its replacement. */
  mark(generated: string): string;
}

const PLACEHOLDER = /\{(\/?[a-zA-Z]+)(?::([\w.]+))?(?:\|([^{}]*))?\}/g;

/** Fills every placeholder of a pattern of a {@link ResourceReference}. */
export function fillPattern(pattern: string, reference: ResourceReference, source: PatternSource): string {
  return fillPlaceholders(pattern, source.identity, source.identity, (text) => source.mark(text)).replace(
    PLACEHOLDER,
    (match: string, placeholder: string, path = '', defaultValue?: string) => {
      function fill(other: string | undefined, fallback = '{unknown}') {
        return fillPattern(other ?? fallback, reference, source);
      }

      function property() {
        return source.property(path) ?? defaultValue ?? source.unknown(`${path} of ${source.identity.logicalId}`);
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
          return source.unknown(`return value of ${source.identity.logicalId}`);
        default:
          throw new Error(`unknown placeholder: ${match}`);
      }
    },
  );
}

function spelled(spellings: Readonly<Record<string, string>>, value: string) {
  if (Object.hasOwn(spellings, value)) return spellings[value];
  return value;
}

/** Returns the part after the first slashes of an ARN or a URL, or any other value as it is. */
function tailOf(value: string) {
  if (/^arn:|:\/\//.test(value)) return value.replace(/^[^/]*\/+/, '');
  return value;
}

/** Appends a separator, except to an unknown value, because it may be the default. */
function separated(value: string | undefined, separator: string): string {
  const tail = tailOf(value ?? 'default');
  if (tail === 'default') return '';
  if (hasUnknown(tail)) return tail;
  return `${tail}${separator}`;
}

/**
 * Converts a name into an ARN. A value that starts with an unknown part may already be an ARN, so it does not change.
 */
function maybeArn(value: string, arnOf: (name: string) => string) {
  if (value.startsWith('arn:') || hasUnknown([...value][0] ?? '')) return value;
  return arnOf(value);
}
