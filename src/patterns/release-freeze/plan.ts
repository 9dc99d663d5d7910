import type { ReleaseFreezeProps } from './props';
import { BREAK_GLASS_MINUTES } from '../../aws/freeze-limits';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../../aws/retention';
import { FreezeSwitch, type SwitchPlan } from '../../conditions/freeze/freeze-switch';
import { DURATION } from '../../pipeline/option-types';
import type { Problems } from '../../pipeline/problems';
import { type OptionTypes, readOptions, typeOf } from '../../pipeline/read-options';

/** Describes a release freeze, with all its defaults resolved. */
export interface FreezePlan {
  readonly switchedBy: SwitchPlan;
  readonly breakGlassMinutes: number;
  readonly recordDays: number;
}

/** Plans a release freeze, and reports what is wrong with its props. */
export function planFreeze(props: ReleaseFreezeProps, problems: Problems): FreezePlan {
  const options = readOptions(props, PROP_TYPES, problems);
  const { switchedBy = FreezeSwitch.parameter(), breakGlassDuration, recordRetention } = options;
  const breakGlassMinutes = breakGlassDuration?.toMinutes({ integral: false }) ?? BREAK_GLASS_MINUTES.default;
  const recordDays = recordRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.freezeRecord;
  const switchPlan = switchedBy._plan(problems.at('switchedBy'));
  problems.at('breakGlassDuration').range(breakGlassMinutes, BREAK_GLASS_MINUTES, 'minutes');
  if (!LOG_RETENTION_DAYS.includes(recordDays)) {
    const rule = `be one of ${LOG_RETENTION_DAYS.join(', ')} days`;
    problems.at('recordRetention').add(rule, recordDays, 'choose a number that CloudWatch Logs knows');
  }
  return { switchedBy: switchPlan, breakGlassMinutes, recordDays };
}

const PROP_TYPES: OptionTypes<ReleaseFreezeProps> = {
  switchedBy: typeOf('a FreezeSwitch', 'use e.g. FreezeSwitch.parameter()', (value) => value instanceof FreezeSwitch),
  breakGlassDuration: DURATION,
  recordRetention: DURATION,
};
