/**
 * Describes the values that `Ref` and `Fn::GetAtt` return for one CloudFormation resource type.
 *
 * Patterns contain placeholders, which `fillPattern` fills:
 *
 * - `{name}`: the physical name, explicit or generated. `{/name}`: the same with exactly one leading slash.
 * - `{arn}`: the pattern `arn`. `{ref}`: the pattern `ref`.
 * - `{partition}`, `{region}`, `{account}`, `{dns}` (the URL suffix): of the stack that contains the resource.
 * - `{stack}`, `{logicalId}`: the stack name and the logical id of the resource.
 * - `{prop:Some.Path}`, `{prop:Some.Path|default}`: the value of a property, or the default if it is absent.
 * - `{arnOf:Prop}`: the ARN of the resource that a property references. An ARN does not change. A name becomes the ARN
 *   of the type in `names`.
 * - `{tailOf:Prop}`, `{tailOf:Prop|default}`: the part after the first slashes of an ARN or URL (`web` for
 *   `…:cluster/web`, `a.b/c` for `https://a.b/c`), or any other value as it is.
 * - `{dirOf:Prop}`, `{barOf:Prop}`: like `tailOf`, followed by a slash or a bar. Empty if the property is absent or
 *   `default`.
 * - `{spelled:Prop}`, `{spelled:Prop|default}`: like `prop`, in the spelling of `spelled`.
 * - `{uuid}`, `{hash}`, `{hex:17}`, `{lower:10}`, `{upper:13}`, `{mixed:6}`, `{digits:19}`: generated characters.
 *   Equal placeholders of one resource have equal characters.
 * - `{unknown}`: an unknown value.
 */
export interface ResourceReference {
  /**
   * The path of the property with the physical name, e.g. `BucketName`.
   *
   * @default - the name is always generated
   */
  readonly name?: string;
  /**
   * The form of a generated name: `mixed` is `{stack}-{logicalId}-{hash}`, `lower` is the same in lower case. A pattern
   * may contain `{stack}`, `{logicalId}`, `{uuid}`, `{hash}` and the other placeholders for generated characters.
   *
   * @default 'mixed'
   */
  readonly placeholders?: 'mixed' | 'lower' | 'uuid' | `${string}{${string}}${string}`;
  /**
   * The maximum length of the name. Generated names are truncated as in CloudFormation.
   *
   * @default - unlimited
   */
  readonly maxLength?: number;
  /**
   * The pattern of the ARN.
   *
   * @default - the type has no ARN, or the ARN is unknown
   */
  readonly arn?: string;
  /**
   * The pattern of the value that `Ref` returns.
   *
   * @default '{name}'
   */
  readonly ref?: string;
  /** The patterns of the values that `Fn::GetAtt` returns, without `Arn`. All other attributes are unknown. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** The spelling of the values in patterns, by property used in `{spelled:…}`. */
  readonly spelled?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The type of the referenced resource, by property used in `{arnOf:…}`. */
  readonly names?: Readonly<Record<string, string>>;
}

export type ReferenceTable = Readonly<Record<string, ResourceReference>>;

/** Returns the pattern of the ARN of a regional resource. */
export function regional(service: string, resource: string) {
  return `arn:{partition}:${service}:{region}:{account}:${resource}`;
}

/** Returns the pattern of the ARN of a global resource. */
export function global(service: string, resource: string) {
  return `arn:{partition}:${service}::{account}:${resource}`;
}
