import { Stage, Token, type aws_codepipeline as codepipeline, type aws_events as events } from 'aws-cdk-lib';
import { CRON, RATE } from '../../../aws/schedules';
import { envText, isCrossEnv } from '../../../pipeline/env';
import type { Problems } from '../../../pipeline/problems';
import type { PipelineSource } from '../../pipeline-source';
import { isResource, readEnv } from '../../resource/read-resource';
import { sourceOf, type TriggerContext, type TriggerPlan, type TriggerPlanner } from '../trigger-planner';

/** Plans a trigger on every change of a source. */
export class SourceChangeTrigger implements TriggerPlanner {
  public constructor(private readonly source: PipelineSource | undefined) {}

  public plan(context: TriggerContext): TriggerPlan | undefined {
    const source = sourceOf(this.source, context.sources[0], context);
    return source && { kind: 'change', source: source.name };
  }
}

const SCHEDULE_FIX = "use e.g. events.Schedule.cron({ minute: '0', hour: '2' })";

/** Plans a trigger on a schedule. */
export class ScheduleTrigger implements TriggerPlanner {
  public constructor(private readonly schedule: events.Schedule) {}

  public plan({ problems }: TriggerContext): TriggerPlan | undefined {
    const at = problems.at('schedule');
    const expression: unknown = this.schedule?.expressionString;
    if (typeof expression !== 'string') {
      at.add('be a schedule', this.schedule, SCHEDULE_FIX);
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
    return problems.add('be a rate or a cron expression with six fields', expression, SCHEDULE_FIX);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    const rule = "have '?' as either the day of the month or the day of the week";
    problems.add(rule, expression, 'set only one of the two');
  }
  if (minute === '*') {
    const rule = 'specify the minute, because it otherwise starts an execution every minute of the matching hours';
    problems.add(rule, expression, "set minute: '0'");
  }
}

/** Plans a trigger on successful executions of another pipeline. */
export class PipelineSucceededTrigger implements TriggerPlanner {
  public constructor(private readonly pipeline: codepipeline.IPipeline) {}

  public plan({ problems, pipelineEnv }: TriggerContext): TriggerPlan | undefined {
    const { pipeline } = this;
    const at = problems.at('pipeline');
    if (!isResource(pipeline, 'pipelineArn')) {
      at.add('be a pipeline', pipeline, 'pass e.g. the pipeline property of another pattern');
      return undefined;
    }
    const key = keyOf(pipeline);
    const env = readEnv(pipeline);
    if (isCrossEnv(env, pipelineEnv)) {
      at.add(
        `be in the account and Region of this pipeline, ${envText(pipelineEnv)}`,
        `${key} in ${envText(env)}`,
        'forward its events to the event bus of this account and Region, and start this pipeline with your own rule: ' +
          'pipeline.onEvent()',
      );
    }
    return { kind: 'event', event: { kind: 'pipeline', name: pipeline.pipelineName, key } };
  }
}

/**
 * Returns a key that identifies a pipeline: its name if it is known, otherwise its path in its CDK stage, since several
 * stages can deploy the same app.
 */
function keyOf({ pipelineName, node }: codepipeline.IPipeline): string {
  if (!Token.isUnresolved(pipelineName)) return pipelineName;
  const { scopes } = node;
  const stage = Stage.of(scopes[scopes.length - 1]);
  const ids = scopes.slice(stage ? scopes.indexOf(stage) + 1 : 0).map((scope) => scope.node.id);
  return ids.join('/');
}

/** Plans a pipeline that has no automatic trigger. */
export class ManualTrigger implements TriggerPlanner {
  public plan(): TriggerPlan {
    return { kind: 'manual' };
  }
}
