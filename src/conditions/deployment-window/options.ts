import type { GateOptions } from '../gate-options';

/** Options of {@link Gate.deploymentWindow}. */
export interface DeploymentWindowOptions extends GateOptions {
  /**
   * The time zone of the cron, as the time zone database names it (`Europe/Berlin`, which follows summer time), `UTC`, or a distance from it
   * (`UTC+02:00`).
   *
   * @default 'UTC'
   */
  readonly timeZone?: string;
}

/** Options of {@link Gate.officeHours}. */
export interface OfficeHoursOptions extends GateOptions {
  /**
   * The hour that they begin with, 0 to 23.
   *
   * @default 9
   */
  readonly fromHour?: number;

  /**
   * The hour that they end before, 1 to 24: 17 means until 16:59.
   *
   * @default 17
   */
  readonly untilHour?: number;

  /**
   * The days of the week, as in a cron: `MON-THU`, `MON,WED`.
   *
   * @default 'MON-FRI'
   */
  readonly days?: string;
}
