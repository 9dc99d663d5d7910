/** A policy document as JSON, and what to call it when an explanation names it. */
export interface NamedPolicy {
  /** For people, e.g. "policy DefaultPolicy of role Deploy in stack Tools". */
  readonly name: string;
  readonly document: unknown;
  /** The resource of a template that holds it. */
  readonly holder?: Holder;
  /** Why it is not known whether the policy is there at all. */
  readonly uncertainty?: string;
}

/** A resource, by its stack and its logical id. */
export interface Holder {
  readonly stack: string;
  readonly logicalId: string;
}

/** Policies that apply together: the identity policies of a role, the policy of a resource, … */
export interface PolicySet {
  readonly policies: readonly NamedPolicy[];
  /** Why there may be further policies which nobody here can read, e.g. "role Deploy is not in the assembly". */
  readonly outside?: string;
}

/** A session of a role: what every caller is that is no service. */
export interface RoleCaller {
  readonly kind: 'role';
  /** ARN of the role. */
  readonly arn: string;
  readonly account: string;
  readonly identity: PolicySet;
  readonly boundary?: PolicySet;
  /** Policies passed when the role was assumed. */
  readonly session?: PolicySet;
  /** @default - unknown */
  readonly sessionName?: string;
}

/** A service that calls in its own name. It has no identity policy. */
export interface ServiceCaller {
  readonly kind: 'service';
  /** E.g. "codepipeline.amazonaws.com". */
  readonly service: string;
}

export type Caller = RoleCaller | ServiceCaller;

/**
 * What is known of the context of a request, by condition key in lower case. A key that is not listed is unknown: it
 * may be there or not, with any value.
 */
export type Context = Readonly<Record<string, readonly string[] | 'absent'>>;

/** One call of an API, with all that decides about it. */
export interface AccessRequest {
  readonly caller: Caller;
  /** E.g. "s3:GetObject". */
  readonly action: string;
  /** ARN of what is acted on, or "*" for an action that knows no resource. */
  readonly resource: string;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  /** The bucket, key, trust, topic … policy. Without policies: there is none. */
  readonly resourcePolicy: PolicySet;
  readonly context: Context;
}

export type AccessVerdict = 'ALLOWED' | 'DENIED' | 'UNKNOWN';

/** The kinds of policy that decide about a request, as explanations name them. */
export type PolicyKind = 'identity' | 'resource' | 'boundary' | 'session';

/** A step of the explanation of a verdict. */
export interface Reason {
  /** What this step found: a statement that allows or denies, the lack of one, or something that cannot be known. */
  readonly finding: 'allows' | 'denies' | 'does-not-allow' | 'unknown';
  readonly kind: PolicyKind;
  /** Name of the policy, when the step is about a certain one. */
  readonly policy?: string;
  readonly holder?: Holder;
  /** The statement's `Sid`, or its number from 1. */
  readonly statement?: string;
  /** For people. */
  readonly explanation: string;
}

export interface Evaluation {
  readonly verdict: AccessVerdict;
  /** What decided, the most important first. */
  readonly reasons: readonly Reason[];
}

/** Keys and roles: their own policy must allow first, whatever identity policies say. */
export function needsResourcePolicy({ action, resource }: AccessRequest) {
  return resource !== '*' && /^(kms:|sts:(assumerole|tagsession|setsourceidentity)$)/i.test(action);
}

/** What a role trusts is no policy about who may pass it. */
export function isPassRole({ action }: AccessRequest) {
  return action.toLowerCase() === 'iam:passrole';
}
