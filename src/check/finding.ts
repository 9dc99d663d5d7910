import type { Basis } from './calls/call';
import type { Reason } from './iam/request';

/** How bad a finding is. Only errors make the command fail, unless it is strict. */
export type Severity = 'error' | 'warning' | 'info';

/** What is said of a call: UNMODELLED stands for an action of which nobody here knows the calls. */
export type Verdict = 'ALLOWED' | 'DENIED' | 'UNKNOWN' | 'UNMODELLED';

/** Something that a reader of the report should know. */
export interface Finding {
  /** `<rule>[<detail>]`, one per finding; the same from run to run. */
  readonly id: string;
  readonly severity: Severity;
  readonly verdict: Exclude<Verdict, 'ALLOWED'>;
  /** Absent for what belongs to the pipeline as a whole. */
  readonly stage?: string;
  readonly action?: string;
  readonly caller?: string;
  readonly call?: string;
  readonly resource?: string;
  readonly message: string;
  /** The reasons in short; the message ends with them. */
  readonly why: string;
  readonly reasons: readonly Reason[];
  /** What to change; all of it together. */
  readonly fix: readonly Fix[];
  /** Where the knowledge comes from that the call is made. */
  readonly source?: { readonly basis: Basis; readonly url: string };
}

/** A change to one policy. */
export interface Fix {
  readonly change: 'add' | 'remove' | 'replace';
  /** Which policy of which resource, for people; what to replace. */
  readonly to: string;
  /** Absent when the resource is not in the assembly. */
  readonly stack?: string;
  readonly logicalId?: string;
  /** The statement to add, the name of the one that is in the way, or what to put in place. */
  readonly statement: Readonly<Record<string, unknown>> | string;
}

/** The verdict on one pipeline. */
export interface PipelineReport {
  readonly name: string;
  readonly stack: string;
  readonly findings: readonly Finding[];
  readonly calls: {
    readonly allowed: number;
    readonly denied: number;
    readonly unknown: number;
    readonly unmodelled: number;
  };
}

/** The verdict on an assembly. */
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
  /** What was taken for granted, e.g. how accounts were bootstrapped. */
  readonly assumptions: readonly string[];
}
