import type { AlarmRulePlan } from '../../pipeline/condition-plan';
import { watchAlarmStatements } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';

/** An alarm that is looked at; making it is the user's. */
export const renderAlarmRule: ActionRenderer<AlarmRulePlan> = (_context, { alarm }) => ({
  configuration: { AlarmName: alarm.alarmName },
  pipelineStatements: watchAlarmStatements(alarm.alarmArn),
});
