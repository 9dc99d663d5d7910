import { isEmpty, planPatterns } from './validate-patterns';
import { providerOf } from '../../../aws/action-providers';
import { ANY, type OptionTypes, readList, readOptions } from '../../../pipeline/read-options';
import { atLeastOne, type Problems } from '../../../pipeline/problems';
import type { GitFilterPlan, PullRequestEventPlan } from '../../../pipeline/pipeline-plan';
import type { PipelineSource } from '../../pipeline-source';
import type { GitRepository, SourceStep } from '../../source-planner';
import { sourceOf, type TriggerContext, type TriggerPlan, type TriggerPlanner } from '../trigger-planner';

/** Options of {@link PipelineTrigger.push}. */
export interface PushTriggerOptions {
  /**
   * Branches whose pushes start an execution, as glob patterns: `*` matches any characters except `/`, `**` matches any
   * characters. At most 8.
   *
   * @default - the branch of the source; all branches if `branchesExcept` is set
   */
  readonly branches?: string[];

  /**
   * Branches whose pushes do not start an execution, as glob patterns. They take precedence over `branches`. At most 8.
   *
   * @default - none
   */
  readonly branchesExcept?: string[];

  /**
   * Files of which at least one must have changed, as glob patterns such as `apps/web/**`. At most 8. AWS evaluates
   * only the first 100 changed files, and a push that creates a branch never matches.
   *
   * @default - all files
   */
  readonly paths?: string[];

  /**
   * Files whose changes are ignored, as glob patterns. At most 8.
   *
   * @default - none
   */
  readonly pathsExcept?: string[];

  /**
   * Source that receives the pushes.
   *
   * @default - the first source that is read through a connection
   */
  readonly source?: PipelineSource;
}

/** Options of {@link PipelineTrigger.tag}. */
export interface TagTriggerOptions {
  /**
   * Tags that do not start an execution, as glob patterns. They take precedence over the included tags. At most 8.
   *
   * @default - none
   */
  readonly tagsExcept?: string[];

  /**
   * Source that receives the tags.
   *
   * @default - the first source that is read through a connection
   */
  readonly source?: PipelineSource;
}

/** Options of {@link PipelineTrigger.pullRequest}. */
export interface PullRequestTriggerOptions extends PushTriggerOptions {
  /**
   * Events of a pull request that start an execution.
   *
   * @default [PullRequestEvent.OPENED, PullRequestEvent.UPDATED]
   */
  readonly events?: PullRequestEvent[];
}

/** An event of a pull request. */
export enum PullRequestEvent {
  /** The pull request is opened. */
  OPENED = 'OPEN',
  /** A commit is added to the pull request. */
  UPDATED = 'UPDATED',
  /** The pull request is merged or, except on Bitbucket, closed without a merge. */
  CLOSED = 'CLOSED',
}

// Patterns, sources and events are validated where they are planned.
const PUSH_OPTIONS: OptionTypes<PushTriggerOptions> = {
  branches: ANY,
  branchesExcept: ANY,
  paths: ANY,
  pathsExcept: ANY,
  source: ANY,
};
const TAG_OPTIONS: OptionTypes<TagTriggerOptions> = { tagsExcept: ANY, source: ANY };
const PULL_REQUEST_OPTIONS: OptionTypes<PullRequestTriggerOptions> = { ...PUSH_OPTIONS, events: ANY };

/** Plans a trigger on pushes to branches. */
export class PushTrigger implements TriggerPlanner {
  public constructor(private readonly options: PushTriggerOptions) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const options = readOptions(this.options, PUSH_OPTIONS, context.problems);
    const source = gitSourceOf(options.source, context);
    if (!source) return undefined;
    const filter = planBranchFilter(options, source.git, context.problems);
    return { kind: 'filter', source: source.name, event: 'push', filter };
  }
}

/** Plans a trigger on pushes of tags. */
export class TagTrigger implements TriggerPlanner {
  public constructor(
    private readonly tags: string[],
    private readonly options: TagTriggerOptions,
  ) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const { problems } = context;
    const { source: requested, tagsExcept } = readOptions(this.options, TAG_OPTIONS, problems);
    const source = gitSourceOf(requested, context);
    if (!source) return undefined;
    const tags = planPatterns('tags', this.tags, tagsExcept, problems);
    if (isEmpty(tags)) {
      problems.at('tags').add(atLeastOne('pattern'), [], "use PipelineTrigger.tag(['**']) for all tags");
    }
    return { kind: 'filter', source: source.name, event: 'push', filter: { tags } };
  }
}

/** Plans a trigger on events of pull requests. */
export class PullRequestTrigger implements TriggerPlanner {
  public constructor(private readonly options: PullRequestTriggerOptions) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const { problems } = context;
    const options = readOptions(this.options, PULL_REQUEST_OPTIONS, problems);
    const source = gitSourceOf(options.source, context);
    if (!source) return undefined;
    const filter = {
      ...planBranchFilter(options, source.git, problems),
      events: planEvents(options.events, problems.at('events')),
    };
    return { kind: 'filter', source: source.name, event: 'pullRequest', filter };
  }
}

type GitSourceStep = SourceStep & { readonly git: GitRepository };

function isGitSource(source: SourceStep): source is GitSourceStep {
  return source.git !== undefined;
}

/** Returns the source of a trigger with a filter: the configured one, otherwise the first one that supports filters. */
function gitSourceOf(requested: PipelineSource | undefined, context: TriggerContext): GitSourceStep | undefined {
  const { sources, problems } = context;
  const source = sourceOf(requested, sources.find(isGitSource) ?? sources[0], context);
  if (!source || isGitSource(source)) return source;
  const fix = `use PipelineTrigger.sourceChange(); ${providerOf(source).provider} sources do not support filters`;
  problems.at('source').add('be a source that is read through a connection', source.name, fix);
  return undefined;
}

/**
 * Plans a filter by branches and paths. CodePipeline requires branches if paths are set, so the branch of the source is
 * the default.
 */
function planBranchFilter(
  { branches, branchesExcept, paths, pathsExcept }: PushTriggerOptions,
  { branch }: GitRepository,
  problems: Problems,
): GitFilterPlan {
  const branchPatterns = planPatterns('branches', branches, branchesExcept, problems);
  const pathPatterns = planPatterns('paths', paths, pathsExcept, problems);
  const filter = { branches: isEmpty(branchPatterns) ? branchFilter(branch) : branchPatterns };
  return isEmpty(pathPatterns) ? filter : { ...filter, paths: pathPatterns };
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
    problems.add(atLeastOne('event'), [], 'remove it to use the default, opened and updated pull requests');
  }
  const validEvents = Object.values(PullRequestEvent);
  const rule = `contain only ${validEvents.join(', ')}`;
  for (const event of items) {
    if (!validEvents.includes(event)) problems.add(rule, event, 'use PullRequestEvent');
  }
  return [...items];
}
