import type { AlarmRuleSpec } from './plan';
import type { ActionKind } from '../../render/action-kind';
import { allow } from '../../render/grants';
import { RESOURCE } from '../../pipeline/rules';

/** Renders a rule that reads the state of an alarm. */
export const ALARM_RULE: ActionKind<AlarmRuleSpec> = {
  kind: 'alarm-rule',
  render: (_context, { alarm }) => ({
    configuration: { AlarmName: alarm.alarmName },
    pipelineStatements: describeAlarmStatements(alarm.alarmArn),
  }),
  sameEnvReferences: ({ alarm, prop }) => [
    { prop, resourceKind: RESOURCE.alarm, resource: alarm, arn: alarm.alarmArn },
  ],
};

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html */
function describeAlarmStatements(alarmArn: string) {
  return [allow(['cloudwatch:DescribeAlarms'], [alarmArn])];
}
