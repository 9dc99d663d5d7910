import type { TriggerPlan, TriggersPlan } from './trigger-planner';
import { PIPELINE_LIMITS } from '../../aws/limits';
import { compact } from '../../common/compact';
import { duplicates } from '../../pipeline/read-options';
import { atLeastOne, type Problems } from '../../pipeline/problems';
import type { GitFilterPlan, GitTriggerPlan, PatternsPlan } from '../../pipeline/pipeline-plan';
import type { SourceStep } from '../source-planner';

/**
 * Validates that triggers have no duplicates, and that a manual trigger is not combined with others. Git filters are
 * compared by {@link validateGitTriggers}.
 */
export function validateCombination(triggers: readonly TriggerPlan[], count: number, problems: Problems): void {
  if (count === 0) {
    const fix = 'remove it to start on every source change, or use [PipelineTrigger.manual()]';
    problems.add(atLeastOne('trigger'), [], fix);
  }
  if (count > 1 && triggers.some(({ kind }) => kind === 'manual')) {
    const fix = 'remove it, or remove the other triggers';
    problems.add('not combine PipelineTrigger.manual() with other triggers', `${count} triggers`, fix);
  }
  for (const name of uniqueDuplicates(compact(triggers.map(nameOf)))) {
    problems.add('not contain duplicate triggers', name, 'remove one of them');
  }
}

/** Returns a name for a trigger in error messages, or undefined for a Git filter. */
function nameOf(trigger: TriggerPlan): string | undefined {
  if (trigger.kind === 'change') return `sourceChange of '${trigger.source}'`;
  if (trigger.kind !== 'event') return undefined;
  const { event } = trigger;
  return event.kind === 'schedule' ? event.expression : `pipelineSucceeded of ${event.key}`;
}

/**
 * Validates the number, the size and the uniqueness of Git filters.
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
    problems.add(`contain filters for at most ${triggers} sources`, gitTriggers.length, 'split the pipeline');
  }
  const bytes = Buffer.byteLength(JSON.stringify(gitTriggers));
  if (bytes > triggerBytes) {
    problems.add(`have at most ${triggerBytes} bytes in total`, bytes, 'use fewer or shorter patterns');
  }
}

function validateFilters(filters: readonly GitFilterPlan[], events: string, problems: Problems): void {
  const { filtersPerTrigger } = PIPELINE_LIMITS;
  if (filters.length > filtersPerTrigger) {
    const fix = 'combine patterns; one trigger takes up to 8';
    problems.add(`contain at most ${filtersPerTrigger} triggers for ${events}`, filters.length, fix);
  }
  for (const filter of uniqueDuplicates(filters.map(normalized))) {
    problems.add(`not contain duplicate triggers for ${events}`, JSON.parse(filter), 'remove one of them');
  }
}

/** Returns the same text for filters that match the same changes. */
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
 * Validates that only sources of one branch of a repository start executions: AWS reports the changes of only one
 * branch of a repository to a pipeline, so changes of a second branch can be missed.
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
      `start executions from only one source of ${sameRepository[0].git?.name}, because AWS reports changes of only ` +
        'one of its branches',
      sameRepository.map(({ name }) => name),
      'set the triggers, e.g. [PipelineTrigger.sourceChange(source)]; every execution reads all sources',
    );
  }
}

function groupsByRepository(sources: readonly SourceStep[]): SourceStep[][] {
  const groups = new Map<string, SourceStep[]>();
  for (const source of sources) {
    // A repository without a name already has a problem.
    if (!source.git?.name) continue;
    groups.set(source.git.identity, [...(groups.get(source.git.identity) ?? []), source]);
  }
  return [...groups.values()];
}

function uniqueDuplicates(texts: readonly string[]): string[] {
  return [...new Set(duplicates(texts))];
}
