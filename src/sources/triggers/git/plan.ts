import { isEmpty, planPatterns } from './validate-patterns';
import { providerOf } from '../../../aws/action-providers';
import { readList } from '../../../pipeline/read-options';
import type { Problems } from '../../../pipeline/problems';
import type { GitFilterPlan, PullRequestEventPlan } from '../../../pipeline/pipeline-plan';
import type { PipelineSource } from '../../pipeline-source';
import type { GitRepository, SourceStep } from '../../source-planner';
import { sourceOf, type TriggerContext, type TriggerPlan, type TriggerPlanner } from '../trigger-planner';

/** Options of {@link PipelineTrigger.push}. */
export interface PushTriggerOptions {
  /**
   * Branches whose pushes start a run, as globs: `*` stands for any characters but `/`, `**` for any characters. At
   * most 8.
   *
   * @default - the branch of the source; every branch if `branchesExcept` names some
   */
  readonly branches?: string[];

  /**
   * Branches whose pushes do not, whatever `branches` says. At most 8.
   *
   * @default - none
   */
  readonly branchesExcept?: string[];

  /**
   * Files of which at least one must be changed by the push, as globs such as `apps/web/**`. At most 8. AWS looks at
   * the first 100 changed files only, and the push that creates a branch never passes.
   *
   * @default - any file
   */
  readonly paths?: string[];

  /**
   * Files that do not count as changed. At most 8.
   *
   * @default - none
   */
  readonly pathsExcept?: string[];

  /**
   * The source that is pushed to.
   *
   * @default - the first source that is read through a connection
   */
  readonly source?: PipelineSource;
}

/** Options of {@link PipelineTrigger.tag}. */
export interface TagTriggerOptions {
  /**
   * Tags that do not start a run, whatever the patterns say. At most 8.
   *
   * @default - none
   */
  readonly tagsExcept?: string[];

  /**
   * The source that is tagged.
   *
   * @default - the first source that is read through a connection
   */
  readonly source?: PipelineSource;
}

/** Options of {@link PipelineTrigger.pullRequest}. */
export interface PullRequestTriggerOptions extends PushTriggerOptions {
  /**
   * What must happen to the pull request.
   *
   * @default [PullRequestEvent.OPENED, PullRequestEvent.UPDATED]
   */
  readonly events?: PullRequestEvent[];
}

/** What happens to a pull request. */
export enum PullRequestEvent {
  /** It is opened. */
  OPENED = 'OPEN',
  /** A commit is added to it. */
  UPDATED = 'UPDATED',
  /** It is merged or, except on Bitbucket, closed without. */
  CLOSED = 'CLOSED',
}

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
