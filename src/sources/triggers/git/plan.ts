import {
  PullRequestEvent,
  type PullRequestTriggerOptions,
  type PushTriggerOptions,
  type TagTriggerOptions,
} from './options';
import { isEmpty, planPatterns } from './validate-patterns';
import { providerOf } from '../../../aws/action-providers';
import { readList } from '../../../pipeline/option-types';
import type { Problems } from '../../../pipeline/problems';
import type { GitFilterPlan, PullRequestEventPlan } from '../../../pipeline/trigger-plan';
import type { PipelineSource } from '../../pipeline-source';
import type { GitRepository, SourceStep } from '../../source-planner';
import { sourceOf, type TriggerContext, type TriggerPlan, type TriggerPlanner } from '../trigger-planner';

/** Plans a trigger for pushes to branches. */
export class PushTrigger implements TriggerPlanner {
  public constructor(private readonly options: PushTriggerOptions) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const source = gitSourceOf(this.options.source, context);
    if (!source) return undefined;
    const filter = planBranchFilter(this.options, source.git, context.problems);
    return { kind: 'filter', source: source.name, event: 'push', filter };
  }
}

/** Plans a trigger for pushes of tags. */
export class TagTrigger implements TriggerPlanner {
  public constructor(
    private readonly tags: string[],
    private readonly options: TagTriggerOptions,
  ) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const { problems } = context;
    const { source: requested, tagsExcept } = this.options;
    const source = gitSourceOf(requested, context);
    if (!source) return undefined;
    const tags = planPatterns('tags', this.tags, tagsExcept, problems);
    if (isEmpty(tags)) {
      problems.at('tags').add('hold at least one pattern', [], "write PipelineTrigger.tag(['**']) for every tag");
    }
    return { kind: 'filter', source: source.name, event: 'push', filter: { tags } };
  }
}

/** Plans a trigger for pull requests. */
export class PullRequestTrigger implements TriggerPlanner {
  public constructor(private readonly options: PullRequestTriggerOptions) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const { problems } = context;
    const source = gitSourceOf(this.options.source, context);
    if (!source) return undefined;
    const filter = {
      ...planBranchFilter(this.options, source.git, problems),
      events: planEvents(this.options.events, problems.at('events')),
    };
    return { kind: 'filter', source: source.name, event: 'pullRequest', filter };
  }
}

type GitSourceStep = SourceStep & { readonly git: GitRepository };

function isGitSource(source: SourceStep): source is GitSourceStep {
  return source.git !== undefined;
}

/** Returns the source of a trigger that filters: the first one that has filters unless the user passes another. */
function gitSourceOf(requested: PipelineSource | undefined, context: TriggerContext): GitSourceStep | undefined {
  const { sources, problems } = context;
  const source = sourceOf(requested, sources.find(isGitSource) ?? sources[0], context);
  if (!source || isGitSource(source)) return source;
  const fix = `${providerOf(source).provider} has no filters; use PipelineTrigger.sourceChange()`;
  problems.at('source').add('be a source read through a connection', source.name, fix);
  return undefined;
}

/** Plans a filter of branches and paths. The service requires branches beside paths: those of the source by default. */
function planBranchFilter(
  { branches, branchesExcept, paths, pathsExcept }: PushTriggerOptions,
  { branch }: GitRepository,
  problems: Problems,
): GitFilterPlan {
  const branchPatterns = planPatterns('branches', branches, branchesExcept, problems);
  const pathPatterns = planPatterns('paths', paths, pathsExcept, problems);
  return {
    branches: isEmpty(branchPatterns) ? branchFilter(branch) : branchPatterns,
    ...(!isEmpty(pathPatterns) && { paths: pathPatterns }),
  };
}

/** Returns the patterns that match one branch. */
export function branchFilter(branch: string) {
  return { includes: [branch], excludes: [] };
}

const DEFAULT_EVENTS = [PullRequestEvent.OPENED, PullRequestEvent.UPDATED];

function planEvents(configured: PullRequestEvent[] | undefined, problems: Problems): readonly PullRequestEventPlan[] {
  const events = configured ?? DEFAULT_EVENTS;
  const items = new Set(readList(events, problems));
  if (Array.isArray(events) && items.size === 0) {
    problems.add('hold at least one event', [], 'leave the prop out for opened and updated pull requests');
  }
  const known = Object.values(PullRequestEvent);
  for (const event of items) {
    if (!known.includes(event)) problems.add(`hold events of ${known.join(', ')}`, event, 'use PullRequestEvent');
  }
  return [...items];
}
