import type { Environment } from '../../pipeline/env';
import type { Problems } from '../../pipeline/problems';
import type { EventTriggerPlan, GitFilterPlan, GitTriggerPlan } from '../../pipeline/pipeline-plan';
import type { PipelineSource } from '../pipeline-source';
import type { SourceStep } from '../source-planner';
import { chooseOneOf } from '../../common/rules';

/** Describes the context in which a trigger is planned. */
export interface TriggerContext {
  /** Collector at the property that the trigger comes from. */
  readonly problems: Problems;
  readonly sources: readonly SourceStep[];
  /** Account and Region of the pipeline, each undefined if it is a token. */
  readonly pipelineEnv: Environment;
}

/** Describes a planned trigger, before it is combined with the others of its source. */
export type TriggerPlan =
  | { readonly kind: 'manual' }
  /** Every change of a source starts an execution. */
  | { readonly kind: 'change'; readonly source: string }
  /** Changes of a source that match a filter start an execution. */
  | {
      readonly kind: 'filter';
      readonly source: string;
      readonly event: 'push' | 'pullRequest';
      readonly filter: GitFilterPlan;
    }
  /** Events that are unrelated to the sources start an execution. */
  | { readonly kind: 'event'; readonly event: Exclude<EventTriggerPlan, { kind: 'source-change' }> };

/** Describes the triggers of a pipeline, and its sources with their change detection. */
export interface TriggersPlan {
  readonly sources: readonly SourceStep[];
  readonly gitTriggers: readonly GitTriggerPlan[];
  readonly eventTriggers: readonly EventTriggerPlan[];
}

/**
 * Plans and validates a kind of trigger in one pass. If a trigger cannot be planned, its problems go to the context and
 * the plan is undefined.
 */
export interface TriggerPlanner {
  plan(context: TriggerContext): TriggerPlan | undefined;
}

/**
 * Returns the source of a trigger.
 *
 * @param source source that the user passes
 * @param defaultSource source of a trigger without a configured source
 */
export function sourceOf(
  source: PipelineSource | undefined,
  defaultSource: SourceStep,
  { sources, problems }: TriggerContext,
): SourceStep | undefined {
  if (source === undefined) return defaultSource;
  const step = sources.find(({ name }) => name === source?.stepName);
  if (!step) {
    const names = sources.map(({ name }) => `'${name}'`);
    const got = source?.stepName ?? source;
    problems.at('source').add('be a source of this pipeline', got, chooseOneOf(names));
  }
  return step;
}
