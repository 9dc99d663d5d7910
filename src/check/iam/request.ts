/** Describes a policy with its name in messages. */
export interface NamedPolicy {
  /** E.g. "policy DefaultPolicy of role Deploy in stack Tools". */
  readonly name: string;
  readonly document: unknown;
  /** The resource in a template that contains the policy. */
  readonly holder?: Holder;
  /** The reason if it is uncertain whether the policy applies at all. */
  readonly uncertainty?: string;
}

/** Identifies a resource by its stack and its logical id. */
export interface Holder {
  readonly stack: string;
  readonly logicalId: string;
}

/** Describes policies of the same kind that apply together, e.g. the identity policies of a role. */
export interface PolicySet {
  readonly policies: readonly NamedPolicy[];
  /** The reason if the set may contain unknown policies, e.g. "role Deploy is not in the assembly". */
  readonly outside?: string;
}

/** Describes a role session. Every caller that is not a service principal is one. */
export interface RoleCaller {
  readonly kind: 'role';
  /** The ARN of the role. */
  readonly arn: string;
  readonly account: string;
  readonly identity: PolicySet;
  readonly boundary?: PolicySet;
  /** The session policies, which are passed when the role is assumed. */
  readonly session?: PolicySet;
  /** @default - unknown */
  readonly sessionName?: string;
}

/** Describes a service principal. It has no identity policy. */
export interface ServiceCaller {
  readonly kind: 'service';
  /** E.g. "codepipeline.amazonaws.com". */
  readonly service: string;
}

export type Caller = RoleCaller | ServiceCaller;

/**
 * Lists the values of the condition keys of a request, by key in lower case. All other keys are unknown: they may be
 * absent or have any value.
 */
export type Context = Readonly<Record<string, readonly string[] | 'absent'>>;

/** Describes an API call with all information that decides whether it is allowed. */
export interface AccessRequest {
  readonly caller: Caller;
  /** E.g. "s3:GetObject". */
  readonly action: string;
  /** The ARN of the resource, or "*" for an action without resource-level permissions. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  /** The policy of the resource, e.g. a bucket policy, key policy or trust policy. Empty if there is none. */
  readonly resourcePolicy: PolicySet;
  readonly context: Context;
}

export type AccessVerdict = 'ALLOWED' | 'DENIED' | 'UNKNOWN';

/** The kinds of policy that decide whether a request is allowed. */
export type PolicyKind = 'identity' | 'resource' | 'boundary' | 'session';

/** Describes one reason of a verdict. */
export interface Reason {
  /** Whether a statement allows or denies the call, no statement allows it, or the result is unknown. */
  readonly finding: 'allows' | 'denies' | 'does-not-allow' | 'unknown';
  readonly kind: PolicyKind;
  /** The name of the policy, if the reason is about one policy. */
  readonly policy?: string;
  readonly holder?: Holder;
  /** The `Sid` of the statement, or its number, starting with 1. */
  readonly statement?: string;
  readonly explanation: string;
  /** Whether the reason is that policies are not in the assembly. */
  readonly isOutside?: true;
}

/** Describes the result for a request. */
export interface Evaluation {
  readonly verdict: AccessVerdict;
  /** The reasons, the most important one first. */
  readonly reasons: readonly Reason[];
}

/** Returns whether the policy of the resource must allow the call, which applies to keys and roles. */
export function needsResourcePolicy({ action, resource }: AccessRequest) {
  return resource !== '*' && /^(kms:|sts:(assumerole|tagsession|setsourceidentity)$)/i.test(action);
}

/** Returns whether the action is iam:PassRole, which trust policies do not affect. */
export function isPassRole({ action }: AccessRequest) {
  return action.toLowerCase() === 'iam:passrole';
}
