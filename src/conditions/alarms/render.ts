import type { AlarmRuleSpec } from '../rule-specs';
import { watchAlarmStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';

/** An alarm that is looked at; making it is the user's. */
export const renderAlarmRule: ActionRenderer<AlarmRuleSpec> = (_context, { alarm }) => ({
  configuration: { AlarmName: alarm.alarmName },
  pipelineStatements: watchAlarmStatements(alarm.alarmArn),
});

export const ALARM_RULE: ActionKind<AlarmRuleSpec> = {
  kind: 'alarm-rule',
  render: renderAlarmRule,
  sameEnvReferences: ({ alarm }) => [{ prop: 'alarm', what: 'an alarm', resource: alarm, arn: alarm.alarmArn }],
};
