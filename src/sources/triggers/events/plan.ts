import { Stage, Token, type aws_codepipeline as codepipeline, type aws_events as events } from 'aws-cdk-lib';
import { CRON, RATE } from '../../../aws/schedules';
import { envText, isCrossEnv } from '../../../pipeline/env';
import type { Problems } from '../../../pipeline/problems';
import type { PipelineSource } from '../../pipeline-source';
import { isResource, readEnv } from '../../resource/read-resource';
import { sourceOf, type TriggerContext, type TriggerPlan, type TriggerPlanner } from '../trigger-planner';

/** Plans a trigger for any change of a source. */
export class SourceChangeTrigger implements TriggerPlanner {
  public constructor(private readonly source: PipelineSource | undefined) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const source = sourceOf(this.source, context.sources[0], context);
    return source && { kind: 'change', source: source.name };
  }
}

/** Plans a trigger at certain times. */
export class ScheduleTrigger implements TriggerPlanner {
  public constructor(private readonly schedule: events.Schedule) {}

  public plan({ problems }: TriggerContext): TriggerPlan | undefined {
    const at = problems.at('schedule');
    const expression: unknown = this.schedule?.expressionString;
    if (typeof expression !== 'string') {
      at.add('be a schedule', this.schedule, "write it as in events.Schedule.cron({ minute: '0', hour: '2' })");
      return undefined;
    }
    validateSchedule(expression, at);
    return { kind: 'event', event: { kind: 'schedule', expression } };
  }
}

function validateSchedule(expression: string, problems: Problems): void {
  if (Token.isUnresolved(expression) || RATE.test(expression)) return;
  const [, minute, , dayOfMonth, , dayOfWeek] = CRON.exec(expression) ?? [];
  if (minute === undefined) {
    const fix = "write it as in events.Schedule.cron({ minute: '0', hour: '2' })";
    return problems.add('be a rate or six fields of cron', expression, fix);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    const rule = "have '?' as the day of the month or as the day of the week";
    problems.add(rule, expression, 'give one of them only');
  }
  if (minute === '*') {
    const rule = 'say the minute, since it starts a run in every minute of its hours';
    problems.add(rule, expression, "write minute: '0'");
  }
}

/** Plans a trigger for the success of another pipeline. */
export class PipelineSucceededTrigger implements TriggerPlanner {
  public constructor(private readonly pipeline: codepipeline.IPipeline) {}

  public plan({ problems, pipelineEnv }: TriggerContext): TriggerPlan | undefined {
    const { pipeline } = this;
    const at = problems.at('pipeline');
    if (!isResource(pipeline)) {
      at.add('be a pipeline', pipeline, 'pass one, e.g. other.pipeline of another pattern');
      return undefined;
    }
    const key = keyOf(pipeline);
    const env = readEnv(pipeline);
    if (isCrossEnv(env, pipelineEnv)) {
      at.add(
        `be in the account and region of this pipeline, ${envText(pipelineEnv)}`,
        `${key} in ${envText(env)}`,
        'send its events on to the event bus here by a rule beside it, and start this pipeline by a rule of your ' +
          'own: pipeline.onEvent()',
      );
    }
    return { kind: 'event', event: { kind: 'pipeline', name: pipeline.pipelineName, key } };
  }
}

/**
 * Returns the name where it is known; else the path of the pipeline in its stage, since an app may be deployed by
 * several stages.
 */
function keyOf({ pipelineName, node }: codepipeline.IPipeline): string {
  if (!Token.isUnresolved(pipelineName)) return pipelineName;
  const { scopes } = node;
  const stage = Stage.of(scopes[scopes.length - 1]);
  const ids = scopes.slice(stage ? scopes.indexOf(stage) + 1 : 0).map((scope) => scope.node.id);
  return ids.join('/');
}

/** Plans a pipeline that only people start. */
export class ManualTrigger implements TriggerPlanner {
  public plan(): TriggerPlan {
    return { kind: 'manual' };
  }
}
