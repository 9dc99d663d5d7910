import { type aws_codepipeline as codepipeline, type aws_events as events, Stage, Token } from 'aws-cdk-lib';
import type { PipelineSource } from '../pipeline-source';
import { readPlace } from '../read-resources';
import type { PatternsPlan, TriggerPlan } from '../../pipeline/trigger-plan';

/** Options of {@link PipelineTrigger.push}. */
export interface PushTriggerOptions {
  /**
   * Branches whose pushes start a run, as globs: `*` stands for any characters but `/`, `**` for any characters. At most 8.
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
   * Files of which at least one must be changed by the push, as globs such as `apps/web/**`. At most 8. AWS looks at the first 100 changed files
   * only, and the push that creates a branch never passes.
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

/**
 * What starts a run.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 *
 * @example
 * new DeliveryPipeline(this, 'Nightly', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   triggers: [PipelineTrigger.schedule(events.Schedule.cron({ hour: '2', minute: '0' }))],
 *   stages: [PipelineStage.ofSteps('Build', [BuildStep.nodeJs()])],
 * });
 */
export class PipelineTrigger {
  /**
   * A push to branches, perhaps only if it changes certain files. The run gets the commit that was pushed, of whatever branch.
   *
   * A source takes at most three such triggers and tags together.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
   */
  public static push(options: PushTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger({ kind: 'push', source: options.source?.stepName, ...placesOf(options) });
  }

  /**
   * A tag that is pushed. The run gets the commit that is tagged.
   *
   * @param tags globs such as `v*`, at least one, at most 8
   */
  public static tag(tags: string[], options: TagTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger({
      kind: 'tag',
      source: options.source?.stepName,
      tags: patterns(tags, options.tagsExcept),
    });
  }

  /**
   * A pull request into branches. The run gets the commit of the branch that the request comes from, so whoever may open one decides what the build
   * runs: give such pipelines no secrets and no environments. `branches` are those that it goes into.
   */
  public static pullRequest(options: PullRequestTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger({
      kind: 'pull-request',
      source: options.source?.stepName,
      events: options.events ?? [PullRequestEvent.OPENED, PullRequestEvent.UPDATED],
      ...placesOf(options),
    });
  }

  /**
   * Any change of a source: a push to its branch, a new object or image. It is what happens unasked when a pipeline is given no triggers.
   *
   * @param source the first source of the pipeline when left out
   */
  public static sourceChange(source?: PipelineSource): PipelineTrigger {
    return new PipelineTrigger({ kind: 'change', source: source?.stepName });
  }

  /**
   * A time. The run gets the newest state of every source, changed or not. Events are delivered at least once: now and then a time may start
   * two runs.
   *
   * @param schedule in UTC, e.g. `events.Schedule.cron({ hour: '2', minute: '0' })`; the minute must be said
   */
  public static schedule(schedule: events.Schedule): PipelineTrigger {
    return new PipelineTrigger({ kind: 'schedule', expression: schedule.expressionString });
  }

  /**
   * A run of another pipeline that succeeded. The run gets the newest state of every source.
   *
   * @param pipeline e.g. `other.pipeline` of another pattern. Must be in the account and region of this one
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
   */
  public static pipelineSucceeded(pipeline: codepipeline.IPipeline): PipelineTrigger {
    return new PipelineTrigger({
      kind: 'pipeline',
      name: pipeline.pipelineName,
      key: keyOf(pipeline),
      place: readPlace(pipeline),
    });
  }

  /** Nothing but a person, or a call of StartPipelineExecution. Stands alone. */
  public static manual(): PipelineTrigger {
    return new PipelineTrigger({ kind: 'manual' });
  }

  private constructor(private readonly plan: TriggerPlan) {}

  /** @internal */
  public _plan(): TriggerPlan {
    return this.plan;
  }
}

const patterns = (includes: string[] = [], excludes: string[] = []): PatternsPlan => ({ includes, excludes });

const placesOf = ({ branches, branchesExcept, paths, pathsExcept }: PushTriggerOptions) => ({
  branches: patterns(branches, branchesExcept),
  paths: patterns(paths, pathsExcept),
});

/** The name where it is known; else where the pipeline stands in its stage, since an app may be deployed by several stages. */
function keyOf(pipeline: codepipeline.IPipeline): string {
  if (!Token.isUnresolved(pipeline.pipelineName)) return pipeline.pipelineName;
  const { scopes } = pipeline.node;
  const stage = Stage.of(pipeline);
  return scopes
    .slice(stage ? scopes.indexOf(stage) + 1 : 0)
    .map(({ node }) => node.id)
    .join('/');
}
