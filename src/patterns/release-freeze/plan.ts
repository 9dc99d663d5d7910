import type { Duration } from 'aws-cdk-lib';
import { BREAK_GLASS_MINUTES } from '../../aws/freeze-limits';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../../aws/retention';
import { FreezeState, type FreezeStatePlan } from '../../conditions/freeze/freeze-state';
import type { Problems } from '../../pipeline/problems';
import { DURATION, type OptionTypes, readOptions, typeOf } from '../../pipeline/read-options';

/** What a {@link ReleaseFreeze} is made of. Nothing is required. */
export interface ReleaseFreezeProps {
  /**
   * What tells that releases are frozen.
   *
   * @default FreezeState.parameter()
   */
  readonly freezeState?: FreezeState;

  /**
   * How long the glass is broken: from when the break-glass parameter was written, its pipeline is let through in spite
   * of a freeze. Whole minutes, 5 minutes to 24 hours.
   *
   * @default Duration.hours(1)
   */
  readonly breakGlassDuration?: Duration;

  /**
   * How long the record of what was let through and what was held is kept: a number of days that CloudWatch Logs knows,
   * e.g. 90, 365, 3653.
   *
   * @default Duration.days(365)
   */
  readonly recordRetention?: Duration;
}

/** Describes a release freeze, with all its defaults resolved. */
export interface FreezePlan {
  readonly freezeState: FreezeStatePlan;
  readonly breakGlassMinutes: number;
  readonly recordDays: number;
}

/** Plans a release freeze, and reports what is wrong with its props. */
export function planFreeze(props: ReleaseFreezeProps, problems: Problems): FreezePlan {
  const options = readOptions(props, PROP_TYPES, problems);
  const { freezeState: freezeState = FreezeState.parameter(), breakGlassDuration, recordRetention } = options;
  const breakGlassMinutes = breakGlassDuration?.toMinutes({ integral: false }) ?? BREAK_GLASS_MINUTES.default;
  const recordDays = recordRetention?.toDays({ integral: false }) ?? RETENTION_DAYS.freezeRecord;
  const switchPlan = freezeState._plan(problems.at('freezeState'));
  problems.at('breakGlassDuration').range(breakGlassMinutes, BREAK_GLASS_MINUTES, 'minutes');
  if (!LOG_RETENTION_DAYS.includes(recordDays)) {
    const rule = `be one of ${LOG_RETENTION_DAYS.join(', ')} days`;
    problems.at('recordRetention').add(rule, recordDays, 'choose a number that CloudWatch Logs knows');
  }
  return { freezeState: switchPlan, breakGlassMinutes, recordDays };
}

const PROP_TYPES: OptionTypes<ReleaseFreezeProps> = {
  freezeState: typeOf('a FreezeState', 'use e.g. FreezeState.parameter()', (value) => value instanceof FreezeState),
  breakGlassDuration: DURATION,
  recordRetention: DURATION,
};
