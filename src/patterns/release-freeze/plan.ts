import type { ReleaseFreezeProps } from './props';
import { BREAK_GLASS_MINUTES } from '../../aws/freeze-limits';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../../aws/retention';
import { FreezeSwitch, type SwitchPlan } from '../../conditions/freeze/freeze-switch';
import type { Problems } from '../../pipeline/problems';
import { readDuration } from '../../pipeline/option-readers';

/** Describes a release freeze, with all its defaults resolved. */
export interface FreezePlan {
  readonly switchedBy: SwitchPlan;
  readonly breakGlassMinutes: number;
  readonly recordDays: number;
}

/** Plans a release freeze, and reports what is wrong with its props. */
export function planFreeze(props: ReleaseFreezeProps, problems: Problems): FreezePlan {
  const { switchedBy, breakGlassDuration, recordRetention } = props ?? {};
  return {
    switchedBy: planSwitch(switchedBy ?? FreezeSwitch.parameter(), problems.at('switchedBy')),
    breakGlassMinutes: planBreakGlass(breakGlassDuration, problems.at('breakGlassDuration')),
    recordDays: planRecord(recordRetention, problems.at('recordRetention')),
  };
}

function planSwitch(switchedBy: FreezeSwitch, problems: Problems): SwitchPlan {
  if (switchedBy instanceof FreezeSwitch) return switchedBy._plan(problems);
  problems.add('be a FreezeSwitch', switchedBy, 'use e.g. FreezeSwitch.parameter()');
  return { kind: 'new-parameter' };
}

function planBreakGlass(duration: ReleaseFreezeProps['breakGlassDuration'], problems: Problems): number {
  const minutes = readDuration(duration, 'toMinutes', problems) ?? BREAK_GLASS_MINUTES.default;
  problems.range(minutes, BREAK_GLASS_MINUTES, 'minutes');
  return minutes;
}

function planRecord(retention: ReleaseFreezeProps['recordRetention'], problems: Problems): number {
  const days = readDuration(retention, 'toDays', problems) ?? RETENTION_DAYS.freezeRecord;
  if (!LOG_RETENTION_DAYS.includes(days)) {
    const rule = `be one of ${LOG_RETENTION_DAYS.join(', ')} days`;
    problems.add(rule, days, 'choose a number that CloudWatch Logs knows');
  }
  return days;
}
