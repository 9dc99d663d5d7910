import type { Duration } from 'aws-cdk-lib';
import type { GateOptions } from '../gate-options';

/** Options of {@link Gate.alarmsHealthy}. */
export interface AlarmGateOptions extends GateOptions {
  /**
   * How long, in whole minutes, at least one: on success the alarms are watched for this time, before entry it is what they have to recover.
   *
   * @default - on success 15 minutes; elsewhere the alarms are looked at once
   */
  readonly waitTime?: Duration;
}
