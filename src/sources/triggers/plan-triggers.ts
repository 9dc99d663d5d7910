import { branchFilter } from './git/plan';
import { PipelineTrigger } from './pipeline-trigger';
import type { TriggerPlan, TriggersPlan } from './trigger-planner';
import { validateGitTriggers, validateRepositories, validateTogether } from './validate-triggers';
import type { Environment } from '../../pipeline/env';
import { readList } from '../../pipeline/read-options';
import type { Problems } from '../../pipeline/problems';
import type { EventTriggerPlan, GitFilterPlan, GitTriggerPlan } from '../../pipeline/pipeline-plan';
import type { SourceStep } from '../source-planner';

/**
 * Plans what starts a pipeline: by default every change of a source. A source has one way to start executions: filters
 * on a source that is read through a connection replace its detection of changes.
 *
 * @param problems collector at the property that triggers come from
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
  const planned = items.flatMap((trigger, i) => {
    const at = problems.index(i);
    if (trigger instanceof PipelineTrigger) return trigger._plan({ sources, pipelineEnv, problems: at }) ?? [];
    at.add('be a PipelineTrigger', trigger, 'pass one, e.g. PipelineTrigger.push()');
    return [];
  });
  if (items === triggers) validateTogether(planned, items.length, problems);
  return planned;
}

/** Combines the triggers of each source. */
function combine(sources: readonly SourceStep[], triggers: readonly TriggerPlan[]): TriggersPlan {
  const changing = new Set(triggers.flatMap((trigger) => (trigger.kind === 'change' ? trigger.source : [])));
  const gitTriggers = sources.flatMap((source) => planGitTrigger(source, triggers, changing.has(source.name)));
  const filtered = new Set(gitTriggers.map(({ source }) => source));
  return {
    sources: sources.map((source) => {
      if (!source.git) return source;
      const detectsChanges = changing.has(source.name) && !filtered.has(source.name);
      return { ...source, configuration: { ...source.configuration, DetectChanges: String(detectsChanges) } };
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

function planGitTrigger(
  { name, git }: SourceStep,
  triggers: readonly TriggerPlan[],
  startsOnChange: boolean,
): GitTriggerPlan[] {
  const push: GitFilterPlan[] = [];
  const pullRequest: GitFilterPlan[] = [];
  for (const trigger of triggers) {
    if (trigger.kind === 'filter' && trigger.source === name) {
      (trigger.event === 'push' ? push : pullRequest).push(trigger.filter);
    }
  }
  if (!git || push.length + pullRequest.length === 0) return [];
  // A change of the branch, beside filters, is one more filter.
  if (startsOnChange) push.unshift({ branches: branchFilter(git.branch) });
  return [{ source: name, push, pullRequest }];
}

function eventsOf(triggers: readonly TriggerPlan[], kind: EventTriggerPlan['kind']): EventTriggerPlan[] {
  return triggers.flatMap((trigger) => (trigger.kind === 'event' && trigger.event.kind === kind ? trigger.event : []));
}
