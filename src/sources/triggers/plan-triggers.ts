import type { StepPlan } from '../../pipeline/pipeline-plan';
import { checkTriggers } from './validate-triggers';
import { type GitTrigger, isConnection, isEmpty, isGit, sourceNameOf, type TriggersPlan } from './trigger-sources';
import type { Environment } from '../../pipeline/env';
import type { Problems } from '../../pipeline/problems';
import type { GitFilterPlan, PatternsPlan, TriggerPlan } from '../../pipeline/trigger-plan';

/**
 * Unless told otherwise, every source starts a run when it changes. A source has one way to do so: a filter on a source by connection takes the
 * place of its detection of changes.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 */
export function planTriggers(
  sources: readonly StepPlan[],
  triggers: readonly TriggerPlan[] | undefined,
  pipelineEnv: Environment,
  problems: Problems,
): TriggersPlan {
  const plan = resolveTriggers(sources, triggers);
  problems.addAll(checkTriggers(problems.path, sources, plan, triggers, pipelineEnv));
  return plan;
}

function resolveTriggers(sources: readonly StepPlan[], triggers?: readonly TriggerPlan[]): TriggersPlan {
  const wanted: readonly TriggerPlan[] = triggers ?? sources.map(({ name }) => ({ kind: 'change', source: name }));
  const filtered = wanted.filter(isGit);
  const watched = sources.map((source) => ({
    source,
    changes: wanted.some((trigger) => trigger.kind === 'change' && sourceNameOf(trigger, sources) === source.name),
    filters: isConnection(source) ? filtered.filter((trigger) => sourceNameOf(trigger, sources) === source.name) : [],
  }));
  return {
    sources: watched.map(({ source, changes, filters }) =>
      !isConnection(source)
        ? source
        : {
            ...source,
            configuration: { ...source.configuration, DetectChanges: String(changes && filters.length === 0) },
          },
    ),
    gitTriggers: watched
      .filter(({ filters }) => filters.length > 0)
      .map(({ source, changes, filters }) => ({
        source: source.name,
        push: [
          // A change of the branch, beside filters, is one filter more.
          ...(changes ? [{ branches: branchOf(source) }] : []),
          ...filters.filter(({ kind }) => kind !== 'pull-request').map((filter) => filterOf(filter, source)),
        ],
        pullRequest: filters.filter(({ kind }) => kind === 'pull-request').map((filter) => filterOf(filter, source)),
      })),
    eventTriggers: [
      ...watched
        .filter(({ source, changes }) => changes && !isConnection(source))
        .map(({ source: { name } }) => ({ kind: 'source-change' as const, source: name })),
      ...wanted.filter((trigger) => trigger.kind === 'schedule'),
      ...wanted.filter((trigger) => trigger.kind === 'pipeline'),
    ],
  };
}

/** A filter on paths, as one on pull requests, needs one on branches: that of the source, unless others are said. */
function filterOf(trigger: GitTrigger, source: StepPlan): GitFilterPlan {
  if (trigger.kind === 'tag') return { tags: trigger.tags };
  return {
    branches: isEmpty(trigger.branches) ? branchOf(source) : trigger.branches,
    ...(!isEmpty(trigger.paths) && { paths: trigger.paths }),
    ...(trigger.kind === 'pull-request' && { events: [...new Set(trigger.events)] }),
  };
}

const branchOf = (source: StepPlan): PatternsPlan => ({ includes: [source.configuration.BranchName], excludes: [] });
