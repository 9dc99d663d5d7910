import { branchFilter } from './git/plan';
import { PipelineTrigger } from './pipeline-trigger';
import type { TriggerPlan, TriggersPlan } from './trigger-planner';
import { validateCombination, validateGitTriggers, validateRepositories } from './validate-triggers';
import { CONNECTION_VARIABLES, START_KINDS, type StartKind } from '../../aws/connection-variables';
import { compact } from '../../common/compact';
import type { Environment } from '../../pipeline/env';
import { isInstance, readList } from '../../pipeline/read-options';
import type { Problems } from '../../pipeline/problems';
import type { EventTriggerPlan, GitFilterPlan, GitTriggerPlan } from '../../pipeline/pipeline-plan';
import type { SourceStep } from '../source-planner';

/**
 * Plans the triggers of a pipeline. Without triggers, every change of a source starts an execution. A source starts
 * executions in one way: filters on a source that is read through a connection replace its change detection.
 *
 * @param problems collector at the property that the triggers come from
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export function planTriggers(
  sources: readonly SourceStep[],
  triggers: readonly PipelineTrigger[] | undefined,
  pipelineEnv: Environment,
  problems: Problems,
): TriggersPlan {
  const planned = triggers === undefined ? changesOf(sources) : planEach(sources, triggers, pipelineEnv, problems);
  const plan = combine(sources, planned);
  validateGitTriggers(plan.gitTriggers, problems);
  validateRepositories(plan, problems);
  return plan;
}

function changesOf(sources: readonly SourceStep[]): TriggerPlan[] {
  return sources.map(({ name }) => ({ kind: 'change', source: name }));
}

function planEach(
  sources: readonly SourceStep[],
  triggers: readonly PipelineTrigger[],
  pipelineEnv: Environment,
  problems: Problems,
): TriggerPlan[] {
  const items = readList(triggers, problems);
  const planned = items.map((trigger, i) => {
    const at = problems.index(i);
    if (isInstance(trigger, PipelineTrigger)) return trigger._plan({ sources, pipelineEnv, problems: at });
    at.add('be a PipelineTrigger', trigger, 'use e.g. PipelineTrigger.push()');
    return undefined;
  });
  const plans = compact(planned);
  if (items === triggers) validateCombination(plans, items.length, problems);
  return plans;
}

/** Combines the triggers of each source. */
function combine(sources: readonly SourceStep[], triggers: readonly TriggerPlan[]): TriggersPlan {
  const changing = new Set(compact(triggers.map((trigger) => trigger.kind === 'change' && trigger.source)));
  const gitTriggers = sources.flatMap((source) => planGitTrigger(source, triggers, changing.has(source.name)));
  const filtered = new Set(gitTriggers.map(({ source }) => source));
  return {
    sources: sources.map((source) => {
      if (!source.git) return source;
      const detectsChanges = changing.has(source.name) && !filtered.has(source.name);
      const starts = startsOf(source.name, triggers);
      return {
        ...source,
        configuration: { ...source.configuration, DetectChanges: String(detectsChanges) },
        missingVariables: missingVariables(starts),
      };
    }),
    gitTriggers,
    eventTriggers: [
      ...sources
        .filter(({ name, git }) => !git && changing.has(name))
        .map(({ name }) => ({ kind: 'source-change' as const, source: name })),
      ...eventsOf(triggers, 'schedule'),
      ...eventsOf(triggers, 'pipeline'),
    ],
  };
}

/** Returns the kinds of starts of executions, as the variables of a source depend on them. */
function startsOf(source: string, triggers: readonly TriggerPlan[]): Set<StartKind> {
  return new Set(
    triggers.map((trigger): StartKind => {
      if (trigger.kind === 'filter' && trigger.source === source) {
        if (trigger.event === 'pullRequest') return 'pullRequest';
        return trigger.filter.tags ? 'tag' : 'push';
      }
      return trigger.kind === 'change' && trigger.source === source ? 'push' : 'other';
    }),
  );
}

/** Returns the variables of a source that some of the starts do not produce, with these starts in words. */
function missingVariables(starts: ReadonlySet<StartKind>): Record<string, string> {
  const missing = Object.entries(CONNECTION_VARIABLES).map(([variable, producing]) => {
    const without = [...starts].filter((start) => !producing.includes(start));
    return [variable, without.map((start) => START_KINDS[start]).join(' or ')];
  });
  return Object.fromEntries(missing.filter(([, words]) => words !== '')) as Record<string, string>;
}

function planGitTrigger(
  { name, git }: SourceStep,
  triggers: readonly TriggerPlan[],
  startsOnChange: boolean,
): GitTriggerPlan[] {
  const push = filtersOf(triggers, name, 'push');
  const pullRequest = filtersOf(triggers, name, 'pullRequest');
  if (!git || push.length + pullRequest.length === 0) return [];
  // If the source has filters, a trigger on its changes becomes another filter.
  if (startsOnChange) push.unshift({ branches: branchFilter(git.branch) });
  return [{ source: name, push, pullRequest }];
}

function filtersOf(triggers: readonly TriggerPlan[], source: string, event: 'push' | 'pullRequest'): GitFilterPlan[] {
  return compact(
    triggers.map(
      (trigger) => trigger.kind === 'filter' && trigger.source === source && trigger.event === event && trigger.filter,
    ),
  );
}

function eventsOf(triggers: readonly TriggerPlan[], kind: EventTriggerPlan['kind']): EventTriggerPlan[] {
  return compact(triggers.map((trigger) => trigger.kind === 'event' && trigger.event.kind === kind && trigger.event));
}
