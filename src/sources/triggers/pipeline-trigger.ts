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
 * A trigger that starts executions of a pipeline.
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
   * Starts an execution when a branch is pushed, optionally only if certain files changed. The execution uses the
   * commit that was pushed, on whichever branch.
   *
   * A source supports at most three push and tag triggers in total.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-filter.html
   */
  public static push(options: PushTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(new PushTrigger(options));
  }

  /**
   * Starts an execution when a tag is pushed. The execution uses the tagged commit.
   *
   * @param tags 1 to 8 glob patterns, such as `v*`
   */
  public static tag(tags: string[], options: TagTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(new TagTrigger(tags, options));
  }

  /**
   * Starts an execution on events of a pull request. The option `branches` selects the target branches.
   *
   * The execution uses the commit of the source branch, so everyone who can open a pull request controls what the build
   * runs. Do not give such pipelines secrets or environments.
   */
  public static pullRequest(options: PullRequestTriggerOptions = {}): PipelineTrigger {
    return new PipelineTrigger(new PullRequestTrigger(options));
  }

  /**
   * Starts an execution on every change of a source: a push to its branch, a new object version or a new image. This is
   * the default of a pipeline without `triggers`.
   *
   * @param source source that changes; the first source of the pipeline by default
   */
  public static sourceChange(source?: PipelineSource): PipelineTrigger {
    return new PipelineTrigger(new SourceChangeTrigger(source));
  }

  /**
   * Starts an execution on a schedule. The execution uses the latest revision of every source, even if nothing changed.
   * AWS delivers events at least once, so one scheduled time can occasionally start two executions.
   *
   * @param schedule schedule in UTC, e.g. `events.Schedule.cron({ hour: '2', minute: '0' })`. The minute is required.
   */
  public static schedule(schedule: events.Schedule): PipelineTrigger {
    return new PipelineTrigger(new ScheduleTrigger(schedule));
  }

  /**
   * Starts an execution when an execution of another pipeline succeeds. The execution uses the latest revision of every
   * source.
   *
   * @param pipeline pipeline in the account and Region of this pipeline, e.g. the property `pipeline` of another
   * pattern
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html
   */
  public static pipelineSucceeded(pipeline: codepipeline.IPipeline): PipelineTrigger {
    return new PipelineTrigger(new PipelineSucceededTrigger(pipeline));
  }

  /**
   * Starts no executions automatically: the pipeline runs only when a person or a call of StartPipelineExecution starts
   * it. Cannot be combined with other triggers.
   */
  public static manual(): PipelineTrigger {
    return new PipelineTrigger(new ManualTrigger());
  }

  private constructor(private readonly planner: TriggerPlanner) {}

  /** @internal */
  public _plan(context: TriggerContext): TriggerPlan | undefined {
    return this.planner.plan(context);
  }
}
