import type { Environment } from '../../pipeline/env';
import type { Problems } from '../../pipeline/problems';
import type { EventTriggerPlan, GitFilterPlan, GitTriggerPlan } from '../../pipeline/pipeline-plan';
import type { PipelineSource } from '../pipeline-source';
import type { SourceStep } from '../source-planner';

/** Describes where a trigger stands, and collects what is wrong with it. */
export interface TriggerContext {
  /** Collector at the property that the trigger comes from. */
  readonly problems: Problems;
  readonly sources: readonly SourceStep[];
  /** Account and Region of the pipeline, where they are known. */
  readonly pipelineEnv: Environment;
}

/** Plan of one trigger, before it is combined with the others of its source. */
export type TriggerPlan =
  | { readonly kind: 'manual' }
  /** Every change of a source. */
  | { readonly kind: 'change'; readonly source: string }
  /** Changes of a source that pass a filter. */
  | {
      readonly kind: 'filter';
      readonly source: string;
      readonly event: 'push' | 'pullRequest';
      readonly filter: GitFilterPlan;
    }
  /** Events that have nothing to do with a source. */
  | { readonly kind: 'event'; readonly event: Exclude<EventTriggerPlan, { kind: 'source-change' }> };

/** Describes what starts a pipeline, and its sources as they are configured for that. */
export interface TriggersPlan {
  readonly sources: readonly SourceStep[];
  readonly gitTriggers: readonly GitTriggerPlan[];
  readonly eventTriggers: readonly EventTriggerPlan[];
}

/**
 * Plans a kind of trigger. Validation and planning are one pass; a trigger that cannot be planned has problems and no
 * plan.
 */
export interface TriggerPlanner {
  plan(context: TriggerContext): TriggerPlan | undefined;
}

/**
 * Returns the source that a trigger is for.
 *
 * @param source as the user passes it
 * @param defaultSource source of a trigger to which the user passes none
 */
export function sourceOf(
  source: PipelineSource | undefined,
  defaultSource: SourceStep,
  { sources, problems }: TriggerContext,
): SourceStep | undefined {
  if (source === undefined) return defaultSource;
  const step = sources.find(({ name }) => name === source?.stepName);
  if (!step) {
    const names = sources.map(({ name }) => `'${name}'`).join(', ');
    const got = source?.stepName ?? source;
    problems.at('source').add('be a source of this pipeline', got, `choose one of ${names}`);
  }
  return step;
}
