import type { ConnectionSourcePlan } from '../source-specs';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { EventTriggerPlan, GitTriggerPlan, PatternsPlan, TriggerPlan } from '../../pipeline/trigger-plan';

/** What starts a pipeline, and how its sources have to be configured for that. */
export interface TriggersPlan {
  readonly sources: readonly StepPlan[];
  readonly gitTriggers: readonly GitTriggerPlan[];
  readonly eventTriggers: readonly EventTriggerPlan[];
}

export type GitTrigger = Extract<TriggerPlan, { kind: 'push' | 'tag' | 'pull-request' }>;

export const isGit = (trigger: TriggerPlan): trigger is GitTrigger =>
  ['push', 'tag', 'pull-request'].includes(trigger.kind);

/** Returns whether a source is read through a connection. */
export function isConnection(source: StepPlan): source is StepPlan<ConnectionSourcePlan> {
  return source.spec.kind === 'connection-source';
}

/** The source that a trigger is for: the named one; else the first, and the first that a connection reads for a filter. */
export function sourceNameOf(
  trigger: Extract<TriggerPlan, { source?: string }>,
  sources: readonly StepPlan[],
): string | undefined {
  if (trigger.source !== undefined) return trigger.source;
  return ((isGit(trigger) && sources.find(isConnection)) || sources[0])?.name;
}

export const isEmpty = ({ includes, excludes }: PatternsPlan) => includes.length + excludes.length === 0;
