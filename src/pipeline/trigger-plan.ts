export type PullRequestEventPlan = 'OPEN' | 'UPDATED' | 'CLOSED';

/** Globs of which one must match and none may. */
export interface PatternsPlan {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** Describes a git trigger of the pipeline: all filters on one source. */
export interface GitTriggerPlan {
  readonly source: string;
  readonly push: readonly GitFilterPlan[];
  readonly pullRequest: readonly GitFilterPlan[];
}

/** Describes a filter, which matches when each of its parts does. */
export interface GitFilterPlan {
  readonly tags?: PatternsPlan;
  readonly branches?: PatternsPlan;
  readonly paths?: PatternsPlan;
  readonly events?: readonly PullRequestEventPlan[];
}

/** Describes a rule of EventBridge that starts the pipeline. */
export type EventTriggerPlan =
  | { readonly kind: 'source-change'; readonly source: string }
  | { readonly kind: 'schedule'; readonly expression: string }
  | OtherPipelinePlan;

/** Describes a pipeline whose success starts an execution. */
export interface OtherPipelinePlan {
  readonly kind: 'pipeline';
  /** Its name, which may be a token. */
  readonly name: string;
  /** Text that identifies it at synth time, the same wherever the app is deployed. */
  readonly key: string;
}
