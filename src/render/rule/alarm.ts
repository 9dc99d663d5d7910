import type { AlarmRulePlan } from '../../plan/rule-plan';
import { watchAlarmStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** An alarm that is looked at; making it is the user's. */
export const renderAlarmRule: ActionRenderer<AlarmRulePlan> = (_context, { alarm }) => ({
  configuration: { AlarmName: alarm.alarmName },
  pipelineStatements: watchAlarmStatements(alarm.alarmArn),
});
