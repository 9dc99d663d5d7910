import type { Duration } from 'aws-cdk-lib';
import type { PipelineArtifact } from '../steps/pipeline-artifact';

/** Options of every {@link Gate}. */
export interface GateOptions {
  /**
   * Name of the rule: 1 to 40 letters, digits, `_` and `-`. Must be concrete. The name of the stage and the place are put in front
   * (`production-Entry-Freeze`). Needed where a condition holds two gates of a kind; changing it makes anew what was made for the rule.
   *
   * @default - the word of its kind, such as `Alarm` or `Window`
   */
  readonly ruleName?: string;
}

/** Options of {@link Gate.alarmsHealthy}. */
export interface AlarmGateOptions extends GateOptions {
  /**
   * How long, in whole minutes, at least one: on success the alarms are watched for this time, before entry it is what they have to recover.
   *
   * @default - on success 15 minutes; elsewhere the alarms are looked at once
   */
  readonly waitTime?: Duration;
}

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

/** Options of {@link Gate.lambdaFunction}. */
export interface LambdaGateOptions extends GateOptions {
  /**
   * What the function is told, as a JSON object in `UserParameters`; together at most 1000 characters. They stand in the template and in the event:
   * never put a secret here. On the success of an environment, what it tells of itself is added, e.g. `SITE_URL`.
   *
   * @default - nothing besides that
   */
  readonly parameters?: { [name: string]: string };

  /**
   * The artifacts that it is told of, at most 5.
   *
   * @default - none
   */
  readonly inputs?: PipelineArtifact[];
}

/** Options of {@link Gate.commands}. */
export interface CommandsGateOptions extends GateOptions {
  /**
   * The artifacts that the commands work on, at most 10.
   *
   * @default - the artifact of the first source
   */
  readonly inputs?: PipelineArtifact[];
}
