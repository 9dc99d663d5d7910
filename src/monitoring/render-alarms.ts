import {
  Aws,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  aws_iam as iam,
  type aws_sns as sns,
  Duration,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineMetrics } from './render-dashboard';
import { MONITORING_LIMITS } from '../aws/notification-limits';
import type { MonitoringPlan } from '../pipeline/pipeline-plan';

/** Renders the alarms of a pipeline, and allows them to publish to its topic. */
export function renderAlarms(
  scope: Construct,
  plan: MonitoringPlan,
  metrics: PipelineMetrics,
  approvals: boolean,
): void {
  const { alarmTopic, maxDurationSeconds, maxApprovalWaitSeconds } = plan;
  const alarms = [renderFailureAlarm(scope, metrics)];
  if (maxDurationSeconds !== undefined) {
    alarms.push(
      renderAlarm(scope, 'SlowAlarm', {
        alarmDescription: 'An execution of the pipeline takes too long',
        metric: metrics.execution('RunningTime', 'Maximum', POLL_INTERVAL),
        ...longerThan(maxDurationSeconds),
      }),
    );
  }
  if (approvals) {
    alarms.push(
      renderAlarm(scope, 'ApprovalAlarm', {
        alarmDescription: 'An approval waits too long',
        metric: metrics.execution('ApprovalWait', 'Maximum', POLL_INTERVAL),
        ...longerThan(maxApprovalWaitSeconds),
      }),
    );
  }
  if (!alarmTopic) return;
  allowAlarms(alarmTopic);
  for (const alarm of alarms) alarm.addAlarmAction(new actions.SnsAction(alarmTopic));
}

/** Interval at which executions in progress are polled. */
const POLL_INTERVAL = Duration.minutes(MONITORING_LIMITS.pollIntervalMinutes);

function renderFailureAlarm(scope: Construct, metrics: PipelineMetrics): cloudwatch.Alarm {
  return renderAlarm(scope, 'FailedAlarm', {
    alarmDescription: 'An execution of the pipeline failed',
    metric: metrics.execution('Failures', 'Sum', Duration.minutes(5)),
    threshold: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
  });
}

function renderAlarm(scope: Construct, id: string, props: cloudwatch.AlarmProps): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, { treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, ...props });
}

/**
 * Returns the condition that one of the last two data points exceeds a threshold. Polling may be slightly late and skip
 * a period, which must not end the alarm.
 */
function longerThan(threshold: number) {
  return {
    threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 2,
    datapointsToAlarm: 1,
  };
}

/**
 * Allows alarms to publish to a topic and to use its key. The policies of imported topics and keys cannot be changed.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function allowAlarms(topic: sns.ITopic): void {
  const principals = [new iam.ServicePrincipal('cloudwatch.amazonaws.com')];
  topic.masterKey?.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],
      resources: ['*'], // the key that the policy belongs to
    }),
    true,
  );
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  );
}
