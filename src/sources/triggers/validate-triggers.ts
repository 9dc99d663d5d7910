import type { TriggerPlan, TriggersPlan } from './trigger-planner';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { duplicates } from '../../pipeline/read-options';
import type { Problems } from '../../pipeline/problems';
import type { GitFilterPlan, GitTriggerPlan, PatternsPlan } from '../../pipeline/pipeline-plan';
import type { SourceStep } from '../source-planner';

/**
 * Validates that no trigger is listed twice, and that nothing is listed beside a manual one. Git filters are compared
 * as the service sees them.
 */
export function validateTogether(triggers: readonly TriggerPlan[], count: number, problems: Problems): void {
  if (count === 0) {
    const fix = 'leave the prop out for any change of any source, or write [PipelineTrigger.manual()]';
    problems.add('hold at least one trigger', [], fix);
  }
  if (count > 1 && triggers.some(({ kind }) => kind === 'manual')) {
    problems.add('hold nothing beside PipelineTrigger.manual()', `${count} triggers`, 'remove it, or the others');
  }
  for (const name of repeated(triggers.flatMap(nameOf))) {
    problems.add('hold no trigger twice', name, 'remove one of them');
  }
}

/** Returns how the user writes a trigger, unless it is a filter. */
function nameOf(trigger: TriggerPlan): string | [] {
  if (trigger.kind === 'change') return `sourceChange of '${trigger.source}'`;
  if (trigger.kind !== 'event') return [];
  const { event } = trigger;
  return event.kind === 'schedule' ? event.expression : `pipelineSucceeded of ${event.key}`;
}

/**
 * Validates what the service takes of git triggers.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export function validateGitTriggers(gitTriggers: readonly GitTriggerPlan[], problems: Problems): void {
  for (const { source, push, pullRequest } of gitTriggers) {
    validateFilters(push, `pushes and tags of '${source}'`, problems);
    validateFilters(pullRequest, `pull requests of '${source}'`, problems);
  }
  const { triggers, triggerBytes } = PIPELINE_LIMITS;
  if (gitTriggers.length > triggers) {
    problems.add(`filter at most ${triggers} sources`, gitTriggers.length, 'split the pipeline');
  }
  const bytes = Buffer.byteLength(JSON.stringify(gitTriggers));
  if (bytes > triggerBytes) {
    problems.add(`have at most ${triggerBytes} bytes together`, bytes, 'write fewer or shorter patterns');
  }
}

function validateFilters(filters: readonly GitFilterPlan[], what: string, problems: Problems): void {
  const { filtersPerTrigger } = PIPELINE_LIMITS;
  if (filters.length > filtersPerTrigger) {
    const fix = 'join patterns: up to 8 fit into one trigger';
    problems.add(`hold at most ${filtersPerTrigger} for ${what}`, filters.length, fix);
  }
  for (const filter of repeated(filters.map(normalized))) {
    const fix = 'remove one of the triggers that say the same';
    problems.add(`hold no filter for ${what} twice`, JSON.parse(filter), fix);
  }
}

/** Returns the same text for filters that let the same changes pass. */
function normalized({ tags, branches, paths, events }: GitFilterPlan): string {
  return JSON.stringify({
    tags: tags && sorted(tags),
    branches: branches && sorted(branches),
    paths: paths && sorted(paths),
    events: events && [...events].sort(),
  });
}

function sorted({ includes, excludes }: PatternsPlan): PatternsPlan {
  return { includes: [...new Set(includes)].sort(), excludes: [...new Set(excludes)].sort() };
}

/**
 * Validates that sources of one branch of a repository start executions: a repository reports one of its branches only
 * to a pipeline, so changes of a second one may go unnoticed.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
 */
export function validateRepositories({ sources, gitTriggers }: TriggersPlan, problems: Problems): void {
  const starting = sources.filter(
    ({ name, configuration }) =>
      configuration.DetectChanges === 'true' || gitTriggers.some(({ source }) => source === name),
  );
  for (const sameRepository of groupsByRepository(starting)) {
    const branches = new Set(sameRepository.map(({ git }) => git?.branch));
    if (branches.size <= 1) continue;
    problems.add(
      `let one source of ${sameRepository[0].git?.name} start runs, since AWS is told of changes of one of its ` +
        'branches only',
      sameRepository.map(({ name }) => name),
      'name the triggers, e.g. [PipelineTrigger.sourceChange(source)]; a run reads all sources, whatever starts it',
    );
  }
}

function groupsByRepository(sources: readonly SourceStep[]): SourceStep[][] {
  const groups = new Map<string, SourceStep[]>();
  for (const source of sources) {
    // A repository without a name is reported already.
    if (!source.git?.name) continue;
    groups.set(source.git.identity, [...(groups.get(source.git.identity) ?? []), source]);
  }
  return [...groups.values()];
}

function repeated(texts: readonly string[]): string[] {
  return [...new Set(duplicates(texts))];
}
