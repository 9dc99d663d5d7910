import type { Basis } from './calls/call';
import type { Reason } from './iam/request';
import type { ModelResource } from '../assembly/scope';

/** The severity of a finding. Only errors make the command fail, unless it is strict. */
export type Severity = 'error' | 'warning' | 'info';

/**
 * The verdict on a call. UNMODELLED is the verdict on an action whose calls the check does not model, NON_COMPLIANT the
 * verdict on a part of a pipeline that violates a rule of a service.
 */
export type Verdict = 'ALLOWED' | 'DENIED' | 'UNKNOWN' | 'UNMODELLED' | 'NON_COMPLIANT';

/** Describes a call that is not allowed with certainty, or a violation of a rule of a service. */
export interface Finding {
  /** `<rule>[<detail>]`, one per finding; the same from run to run. */
  readonly id: string;
  readonly severity: Severity;
  readonly verdict: Exclude<Verdict, 'ALLOWED'>;
  /** Absent for calls of the pipeline itself. */
  readonly stage?: string;
  readonly action?: string;
  /** The other actions with the same finding. */
  readonly alsoFor: readonly string[];
  readonly caller?: string;
  /** The call, or the comma-separated calls with the same reason. */
  readonly call?: string;
  /** The resource, or the comma-separated resources with the same fix. */
  readonly resource?: string;
  readonly message: string;
  /** The summary of the reasons, which is also the end of the message. */
  readonly why: string;
  readonly reasons: readonly Reason[];
  /** The calls that would be denied, if it is uncertain whether they are made, with the reason. */
  readonly doubts: readonly Doubt[];
  /** The changes, all of which are required. */
  readonly fix: readonly Fix[];
  /** The resource that violates the rule, or the pipeline that makes the call. */
  readonly at: FindingLocation;
  /** The source for the fact that the call is made, or for the rule. */
  readonly source?: { readonly basis: Basis; readonly url: string };
}

/** Describes the resource of a finding. */
export interface FindingLocation {
  readonly stack: string;
  readonly logicalId: string;
  /** The construct path, if the template contains it. */
  readonly constructPath?: string;
  /** The file of the template. Absent for input without files. */
  readonly templateFile?: string;
  /** The path below the properties of the resource. Empty for the whole resource. */
  readonly property: string;
}

/** Describes a call of which it is uncertain whether it is made. */
export interface Doubt {
  readonly call: string;
  readonly why: string;
}

/** Describes a change to one policy. */
export interface Fix {
  readonly change: 'add' | 'remove' | 'replace';
  /** The description of the policy to change, or of the resource to replace. */
  readonly to: string;
  /** Absent if the resource is not in the assembly. */
  readonly stack?: string;
  readonly logicalId?: string;
  /** The statement to add, the name of the statement to remove, or the description of the replacement. */
  readonly statement: Readonly<Record<string, unknown>> | string;
}

/** Reports the findings of one pipeline. */
export interface PipelineReport {
  readonly name: string;
  readonly stack: string;
  /** The file of the stack's template, or of the stack that contains the nested stack. */
  readonly templateFile?: string;
  readonly findings: readonly Finding[];
  readonly calls: {
    readonly allowed: number;
    readonly denied: number;
    readonly unknown: number;
    readonly unmodelled: number;
  };
}

/** Reports the findings of an assembly. */
export interface CheckReport {
  readonly pipelines: readonly PipelineReport[];
  readonly summary: {
    readonly pipelines: number;
    readonly stacks: number;
    readonly errors: number;
    readonly warnings: number;
    readonly unknown: number;
    readonly unmodelled: number;
  };
  /** The warnings about the input, e.g. duplicate keys. */
  readonly warnings: readonly string[];
  /** The assumptions of the check, e.g. how accounts were bootstrapped. */
  readonly assumptions: readonly string[];
}

/** Names a policy and its statement. */
export function statementName(policy: string, statement: string | undefined) {
  if (statement === undefined) return policy;
  return `${policy}, statement ${statement}`;
}

/** Returns the location of a property of a resource. */
export function locationOf({ stack, logicalId, path }: ModelResource, property: string): FindingLocation {
  const { displayName, templateFile } = stack;
  return { stack: displayName, logicalId, constructPath: path, templateFile, property };
}

/** Returns the ID of the rule of a finding. */
export function ruleOf(findingId: string): string {
  return findingId.slice(0, findingId.indexOf('['));
}
