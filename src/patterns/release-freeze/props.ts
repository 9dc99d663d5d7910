import type { Duration } from 'aws-cdk-lib';
import type { FreezeSwitch } from '../../conditions/freeze/freeze-switch';

/** What a {@link ReleaseFreeze} is made of. Nothing is required. */
export interface ReleaseFreezeProps {
  /**
   * What tells that releases are frozen.
   *
   * @default FreezeSwitch.parameter()
   */
  readonly switchedBy?: FreezeSwitch;

  /**
   * How long the glass is broken: from when the break-glass parameter was written, its pipeline is let through in spite of a freeze. Whole minutes,
   * 5 minutes to 24 hours.
   *
   * @default Duration.hours(1)
   */
  readonly breakGlassDuration?: Duration;

  /**
   * How long the record of what was let through and what was held is kept: a number of days that CloudWatch Logs knows, e.g. 90, 365, 3653.
   *
   * @default Duration.days(365)
   */
  readonly recordRetention?: Duration;
}
