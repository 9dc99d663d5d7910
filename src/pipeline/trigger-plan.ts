import type { Environment } from './env';

/** What starts a run, as the user said it. */
export type TriggerPlan =
  | { readonly kind: 'push'; readonly source?: string; readonly branches: PatternsPlan; readonly paths: PatternsPlan }
  | { readonly kind: 'tag'; readonly source?: string; readonly tags: PatternsPlan }
  | {
      readonly kind: 'pull-request';
      readonly source?: string;
      readonly events: readonly PullRequestEventPlan[];
      readonly branches: PatternsPlan;
      readonly paths: PatternsPlan;
    }
  | { readonly kind: 'change'; readonly source?: string }
  | { readonly kind: 'schedule'; readonly expression: string }
  | OtherPipelinePlan
  | { readonly kind: 'manual' };

/** A pipeline whose success starts a run. */
export interface OtherPipelinePlan {
  readonly kind: 'pipeline';
  /** Its name, which may be a token. */
  readonly name: string;
  /** What tells it from others at synthesis, the same wherever the app is deployed. */
  readonly key: string;
  readonly place: Environment;
}

export type PullRequestEventPlan = 'OPEN' | 'UPDATED' | 'CLOSED';

/** Globs of which one must match and none may. */
export interface PatternsPlan {
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

/** One trigger of the pipeline: all filters on one source. */
export interface GitTriggerPlan {
  readonly source: string;
  readonly push: readonly GitFilterPlan[];
  readonly pullRequest: readonly GitFilterPlan[];
}

/** A filter matches when each of its parts does. */
export interface GitFilterPlan {
  readonly tags?: PatternsPlan;
  readonly branches?: PatternsPlan;
  readonly paths?: PatternsPlan;
  readonly events?: readonly PullRequestEventPlan[];
}

/** A rule of EventBridge that starts the pipeline. */
export type EventTriggerPlan =
  | { readonly kind: 'source-change'; readonly source: string }
  | { readonly kind: 'schedule'; readonly expression: string }
  | OtherPipelinePlan;
