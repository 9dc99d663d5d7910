import {
  Aws,
  aws_cloudwatch as cloudwatch,
  aws_cloudwatch_actions as actions,
  aws_iam as iam,
  type aws_sns as sns,
  Duration,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineMetrics } from './metrics';
import { MONITORING_LIMITS } from '../aws/limits';
import type { MonitoringPlan } from '../pipeline/monitoring-plan';

/** One alarm for each thing that somebody should look at. */
export function renderAlarms(
  scope: Construct,
  plan: MonitoringPlan,
  metrics: PipelineMetrics,
  approvals: boolean,
): void {
  const { alarmTopic, maxDurationSeconds, maxApprovalWaitSeconds } = plan;
  const look = Duration.minutes(MONITORING_LIMITS.lookMinutes);
  const alarms = [
    alarm(scope, 'FailedAlarm', {
      alarmDescription: 'A run of the pipeline failed',
      metric: metrics.of('Failures', 'Sum', Duration.minutes(5)),
      threshold: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
    }),
    ...(maxDurationSeconds === undefined
      ? []
      : [
          alarm(scope, 'SlowAlarm', {
            alarmDescription: 'A run of the pipeline takes too long',
            metric: metrics.of('RunningTime', 'Maximum', look),
            ...longerThan(maxDurationSeconds),
          }),
        ]),
    ...(!approvals
      ? []
      : [
          alarm(scope, 'ApprovalAlarm', {
            alarmDescription: 'An approval waits too long',
            metric: metrics.of('ApprovalWait', 'Maximum', look),
            ...longerThan(maxApprovalWaitSeconds),
          }),
        ]),
  ];
  if (!alarmTopic) return;
  letAlarmsIn(alarmTopic);
  for (const one of alarms) one.addAlarmAction(new actions.SnsAction(alarmTopic));
}

const alarm = (scope: Construct, id: string, props: cloudwatch.AlarmProps) =>
  new cloudwatch.Alarm(scope, id, { treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, ...props });

/** One look of the last two: a look may fall just beside its period, which must not end the alarm. */
const longerThan = (threshold: number) => ({
  threshold,
  comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
  evaluationPeriods: 2,
  datapointsToAlarm: 1,
});

/**
 * Nothing happens to imported ones, which cannot be changed.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function letAlarmsIn(topic: sns.ITopic): void {
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
