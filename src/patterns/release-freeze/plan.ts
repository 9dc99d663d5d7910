import { type Environment } from '../../pipeline/env';
import type { Duration } from 'aws-cdk-lib';
import { BREAK_GLASS_MINUTES } from '../../aws/freeze-limits';
import { LOG_RETENTION_DAYS, RETENTION_DAYS } from '../../aws/retention';
import { FreezeState, type FreezeStatePlan } from '../../conditions/freeze/freeze-state';
import { daysOf, LOG_RETENTION_RULE, SUPPORTED_RETENTION } from '../../environments/retention';
import type { Problems } from '../../pipeline/problems';
import { ANY, DURATION, instanceOf, minutesOf, type OptionTypes, readOptions } from '../../pipeline/read-options';

/** Properties of a {@link ReleaseFreeze}. */
export interface ReleaseFreezeProps {
  /**
   * State that determines whether releases are frozen: an SSM parameter or change calendars.
   *
   * @default FreezeState.parameter()
   */
  readonly freezeState?: FreezeState;

  /**
   * Duration of a break-glass override, from 5 minutes to 24 hours, in whole minutes. It begins when the break-glass
   * parameter is written.
   *
   * @default Duration.hours(1)
   */
  readonly breakGlassDuration?: Duration;

  /**
   * Retention of the log of allowed and blocked releases: a number of days that CloudWatch Logs supports, e.g. 90, 365
   * or 3653.
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

/** Plans a release freeze, and reports invalid props. */
export function planFreeze(props: ReleaseFreezeProps, env: Environment, problems: Problems): FreezePlan {
  const options = readOptions(props, PROP_TYPES, problems);
  const { freezeState = FreezeState.parameter(), breakGlassDuration, recordRetention } = options;
  const breakGlassMinutes = minutesOf(breakGlassDuration) ?? BREAK_GLASS_MINUTES.default;
  const recordDays = daysOf(recordRetention, problems.at('recordRetention')) ?? RETENTION_DAYS.freezeRecord;
  const state = freezeState._plan(problems.at('freezeState'), env);
  problems.at('breakGlassDuration').range(breakGlassMinutes, BREAK_GLASS_MINUTES, 'minutes');
  if (!LOG_RETENTION_DAYS.includes(recordDays)) {
    const rule = LOG_RETENTION_RULE;
    problems.at('recordRetention').add(rule, recordDays, SUPPORTED_RETENTION);
  }
  return { freezeState: state, breakGlassMinutes, recordDays };
}

const PROP_TYPES: OptionTypes<ReleaseFreezeProps> = {
  freezeState: instanceOf(FreezeState, 'use e.g. FreezeState.parameter()'),
  breakGlassDuration: DURATION,
  recordRetention: ANY, // Validated with its days.
};
