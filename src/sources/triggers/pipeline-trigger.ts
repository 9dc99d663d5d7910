import type { aws_codepipeline as codepipeline, aws_events as events } from 'aws-cdk-lib';
import { ManualTrigger, PipelineSucceededTrigger, ScheduleTrigger, SourceChangeTrigger } from './events/plan';
import {
  type PullRequestTriggerOptions,
  type PushTriggerOptions,
  type TagTriggerOptions,
  PullRequestTrigger,
  PushTrigger,
  TagTrigger,
} from './git/plan';
import type { TriggerContext, TriggerPlan, TriggerPlanner } from './trigger-planner';
import type { PipelineSource } from '../pipeline-source';

/**
 * What starts a run.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 *
 * @example
 * new DeliveryPipeline(this, 'Nightly', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   triggers: [PipelineTrigger.schedule(events.Schedule.cron({ hour: '2', minute: '0' }))],
 *   stages: [PipelineStage.steps('Build', [BuildStep.nodeJs()])],
 * });
 */
export class PipelineTrigger {
  /**
   * A push to branches, perhaps only if it changes certain files. The run gets the commit that was pushed, of whatever
   * branch.
   *
   * A source takes at most three such triggers and tags together.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
   */
  public static push(options: PushTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(new PushTrigger(options ?? {}));
  }

  /**
   * A tag that is pushed. The run gets the commit that is tagged.
   *
   * @param tags globs such as `v*`, at least one, at most 8
   */
  public static tag(tags: string[], options: TagTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(new TagTrigger(tags, options ?? {}));
  }

  /**
   * A pull request into branches. The run gets the commit of the branch that the request comes from, so whoever may
   * open one decides what the build runs: give such pipelines no secrets and no environments. `branches` are those that
   * it goes into.
   */
  public static pullRequest(options: PullRequestTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(new PullRequestTrigger(options ?? {}));
  }

  /**
   * Any change of a source: a push to its branch, a new object or image. It is what happens unasked when a pipeline is
   * given no triggers.
   *
   * @param source the first source of the pipeline when left out
   */
  public static sourceChange(source?: PipelineSource): PipelineTrigger {
    return new PipelineTrigger(new SourceChangeTrigger(source));
  }

  /**
   * A time. The run gets the newest state of every source, changed or not. Events are delivered at least once: now and
   * then a time may start two runs.
   *
   * @param schedule in UTC, e.g. `events.Schedule.cron({ hour: '2', minute: '0' })`; the minute must be said
   */
  public static schedule(schedule: events.Schedule): PipelineTrigger {
    return new PipelineTrigger(new ScheduleTrigger(schedule));
  }

  /**
   * A run of another pipeline that succeeded. The run gets the newest state of every source.
   *
   * @param pipeline e.g. `other.pipeline` of another pattern. Must be in the account and region of this one
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
   */
  public static pipelineSucceeded(pipeline: codepipeline.IPipeline): PipelineTrigger {
    return new PipelineTrigger(new PipelineSucceededTrigger(pipeline));
  }

  /** Nothing but a person, or a call of StartPipelineExecution. Stands alone. */
  public static manual(): PipelineTrigger {
    return new PipelineTrigger(new ManualTrigger());
  }

  private constructor(private readonly planner: TriggerPlanner) {}

  /** @internal */
  public _plan(context: TriggerContext): TriggerPlan | undefined {
    return this.planner.plan(context);
  }
}
