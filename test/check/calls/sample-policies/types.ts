/** One statement of a sample policy that AWS publishes, as facts. */
export interface SampleGrant {
  readonly actions: readonly string[];
  /**
   * Kind of the resource: 'project', 'bucket', 'object', 'stack', 'role', '*'. Several kinds that the page names in one
   * statement are joined by '|'. 'log-group' is the bare ARN, 'log-group:*' the ARN with `:*` behind it. 'unstated':
   * the page prints a placeholder and the actions are of several kinds; a placeholder for actions of one kind counts as
   * that kind (list: PLACEHOLDERS).
   */
  readonly on: string;
  /** The services of the condition iam:PassedToService, joined by '|'. */
  readonly passedTo?: string;
  /** URL of the AWS page. */
  readonly source: string;
  /** True: seen in a stored copy of that page. False: only in ../shared/reference/aws-codepipeline.md. */
  readonly confirmed: boolean;
}

export type SampleTable = Readonly<Record<string, readonly SampleGrant[]>>;

/** Describes a call beyond the sample: whether it is made always, or only with an option. */
export interface SampleNote {
  /**
   * Actions of the sample that the note is about, or actions that the sample lacks; 'service:*' stands for all of that
   * service.
   */
  readonly actions: readonly string[];
  /**
   * always: the text requires it without a condition; option: required only when `when` holds; listed: in the sample,
   * no text states that it is always called; absent: documented need or expectation that the sample does not list;
   * `elsewhere`: another role requires it.
   */
  readonly need: 'always' | 'option' | 'listed' | 'absent' | 'elsewhere';
  /** The option or situation, short; empty when there is none. */
  readonly when: string;
  /** Consequences without it, as far as a source documents them. */
  readonly without: 'fails' | 'hangs' | 'poorer-message' | 'no-effect' | 'unknown';
  /**
   * page: documented by AWS; thread: public thread; derived: inference from the action's options; notes: only our
   * reference notes.
   */
  readonly basis: 'page' | 'thread' | 'derived' | 'notes';
  readonly source: string;
}

/** Describes a reported denial, which is evidence that the call is made. */
export interface ObservedDenial {
  readonly provider: string;
  readonly caller:
    | 'pipeline role'
    | 'action role'
    | 'cross-account action role'
    | 'deployment role'
    | 'project role'
    | 'function role';
  readonly call: string;
  /** Kind of the resource, 'unstated' when the thread does not name it. */
  readonly resource: string;
  readonly source: string;
  /**
   * text: the message is quoted; `told`: a person names the missing permission; granted: a merged change adds it
   * because of the failure.
   */
  readonly evidence: 'text' | 'told' | 'granted';
  readonly remark?: string;
}

export const UG = 'https://docs.aws.amazon.com/codepipeline/latest/userguide';
export const CB = 'https://docs.aws.amazon.com/codebuild/latest/userguide';
