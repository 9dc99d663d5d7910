/**
 * What `Ref` and `Fn::GetAtt` return for one CloudFormation resource type.
 *
 * Patterns hold placeholders:
 *
 * - `{name}`: the physical name, given by the template or invented. `{/name}`: the same with exactly one slash in
 *   front.
 * - `{arn}`: what `arn` gives. `{ref}`: what `ref` gives.
 * - `{partition}`, `{region}`, `{account}`, `{dns}` (the URL suffix): of the stack that holds the resource.
 * - `{stack}`, `{logicalId}`: the stack's name and the resource's logical id.
 * - `{prop:Some.Path}`, `{prop:Some.Path|default}`: the value of a property, or the default where the template gives
 *   none.
 * - `{arnOf:Prop}`: the ARN of the thing a property names, in whatever form: an ARN stays what it is, a name becomes
 *   the ARN of the type that `names` gives for the property.
 * - `{tailOf:Prop}`, `{tailOf:Prop|default}`: what follows the first slashes of an ARN or URL (`…:cluster/web` gives
 *   `web`, `https://a.b/c` gives `a.b/c`); any other value as it is.
 * - `{dirOf:Prop}`, `{barOf:Prop}`: like `tailOf`, with a slash or a bar after it; nothing at all where the property
 *   is missing or `default`.
 * - `{spelled:Prop}`, `{spelled:Prop|default}`: like `prop`, in the spelling that `spelled` gives.
 * - `{uuid}`, `{hash}`, `{hex:17}`, `{lower:10}`, `{upper:13}`, `{mixed:6}`, `{digits:19}`: invented characters.
 *   Equal placeholders stand for equal characters within one resource.
 * - `{unknown}`: what a template does not tell.
 *
 * `fillPattern` knows them all.
 */
export interface ResourceReference {
  /**
   * Path of the property that holds the physical name when the template gives one, e.g. `BucketName`.
   *
   * @default - nobody but the service gives it a name
   */
  readonly name?: string;
  /**
   * How an invented name looks: `mixed` is `{stack}-{logicalId}-{hash}`, `lower` the same in lower case, and a pattern
   * may hold any of `{stack}`, `{logicalId}`, `{uuid}`, `{hash}` and its kin.
   *
   * @default 'mixed'
   */
  readonly placeholders?: 'mixed' | 'lower' | 'uuid' | `${string}{${string}}${string}`;
  /**
   * Longest name the service takes; invented names are cut as CloudFormation does.
   *
   * @default - long enough for everything
   */
  readonly maxLength?: number;
  /**
   * The ARN.
   *
   * @default - the type has none, or none that a template tells
   */
  readonly arn?: string;
  /**
   * What `Ref` returns.
   *
   * @default '{name}'
   */
  readonly ref?: string;
  /** What `Fn::GetAtt` returns by attribute, besides `Arn`. An attribute that is not here is not told by a template. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** By property used as `{spelled:…}`: how patterns spell its values. */
  readonly spelled?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** By property used as `{arnOf:…}`: the type of what it names. */
  readonly names?: Readonly<Record<string, string>>;
}

export type ReferenceTable = Readonly<Record<string, ResourceReference>>;

/** The ARN of something that lives in a region of an account. */
export function regional(service: string, resource: string) {
  return `arn:{partition}:${service}:{region}:{account}:${resource}`;
}

/** The ARN of something that lives in an account, in no region. */
export function global(service: string, resource: string) {
  return `arn:{partition}:${service}::{account}:${resource}`;
}
