import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda, Duration } from 'aws-cdk-lib';
import type { Problems } from '../../pipeline/problems';
import {
  ANY,
  listOf,
  readOptions,
  type OptionTypes,
  DURATION,
  minutesOf,
  resourceWith,
} from '../../pipeline/read-options';

/** Options of every {@link Rollout} that moves traffic from one release to another. */
export interface RolloutOptions {
  /**
   * Alarms of the account and region of the environment, at most 10. One that goes off while traffic moves, or until
   * the old release is gone, takes all traffic back to it and fails the deployment.
   *
   * @default - none: only tasks that do not become healthy, and hooks, take it back
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * How long the old release stays beside the new one when all traffic has moved; until then traffic can go back at
   * once. Whole minutes, at most 48 hours; two releases cost what two cost.
   *
   * @default - 5 minutes
   */
  readonly bakeTime?: Duration;

  /**
   * Functions that are asked whether to go on.
   *
   * @default - none
   */
  readonly hooks?: RolloutHooks;
}

/**
 * Functions that are asked during a deployment, each at one point of it, in this order. A function that fails, or does
 * not answer within an hour, takes traffic back.
 *
 * @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-ecs
 */
export interface RolloutHooks {
  /**
   * Before the tasks of the new release are made. There is nothing to take back yet.
   *
   * @default - none
   */
  readonly beforeInstall?: lambda.IFunction;

  /**
   * When its tasks are there, and get no traffic yet.
   *
   * @default - none
   */
  readonly afterInstall?: lambda.IFunction;

  /**
   * When the test listener sends its traffic to it: the moment for tests before any user sees it.
   *
   * @default - none
   */
  readonly afterAllowTestTraffic?: lambda.IFunction;

  /**
   * Before the first traffic of users is sent to it.
   *
   * @default - none
   */
  readonly beforeAllowTraffic?: lambda.IFunction;

  /**
   * When all traffic of users is sent to it.
   *
   * @default - none
   */
  readonly afterAllowTraffic?: lambda.IFunction;
}

/** Describes how a new release replaces the one before. */
export type RolloutPlan = RollingUpdate | TrafficShift;

/** Replaces some tasks at a time; old and new ones serve until the last is replaced. */
export interface RollingUpdate {
  readonly kind: 'rolling';
}

/** Runs the new release beside the old one, and shifts traffic. */
export interface TrafficShift {
  readonly kind: 'all-at-once' | 'canary' | 'linear';
  /** Percent of the traffic of the first step, and of every step of a linear rollout. */
  readonly percentage?: number;
  /** Minutes between steps. */
  readonly minutes?: number;
  /** Minutes that the old release stays after all traffic was shifted; undefined for the default of what shifts it. */
  readonly bakeMinutes?: number;
  readonly alarms: readonly cloudwatch.IAlarm[];
  readonly hooks: HookFunctions;
}

/** Functions that decide whether a deployment continues. */
export type HookFunctions = { readonly [K in RolloutHook]?: lambda.IFunction };

/** Hooks of a deployment, in the order in which they are invoked. */
export const ROLLOUT_HOOKS = [
  'beforeInstall',
  'afterInstall',
  'afterAllowTestTraffic',
  'beforeAllowTraffic',
  'afterAllowTraffic',
] as const;
export type RolloutHook = (typeof ROLLOUT_HOOKS)[number];

/** Describes a rollout as the user configures it. */
export type RolloutContent = RollingUpdate | TrafficShiftContent;

interface TrafficShiftContent {
  readonly kind: TrafficShift['kind'];
  readonly percentage?: number;
  /** Time between the steps of a canary. */
  readonly wait?: Duration;
  /** Time between the steps of a linear rollout. */
  readonly interval?: Duration;
  readonly options: RolloutOptions;
}

const FIX = 'pass one, or leave it out';
const FUNCTION = resourceWith('functionArn', 'a function', FIX);

const HOOK_TYPES: OptionTypes<RolloutHooks> = {
  beforeInstall: FUNCTION,
  afterInstall: FUNCTION,
  afterAllowTestTraffic: FUNCTION,
  beforeAllowTraffic: FUNCTION,
  afterAllowTraffic: FUNCTION,
};

const OPTION_TYPES: OptionTypes<RolloutOptions> = {
  alarms: listOf(resourceWith('alarmName', 'an alarm', FIX), FIX),
  bakeTime: DURATION,
  hooks: ANY,
};

/** Plans a rollout, and reports values of wrong types. What is possible depends on the target, which validates it. */
export function planRollout(content: RolloutContent, problems: Problems): RolloutPlan {
  if (content.kind === 'rolling') return content;
  const { kind, percentage, wait, interval, options } = content;
  const steps = readOptions({ wait, interval }, { wait: DURATION, interval: DURATION }, problems);
  const { alarms = [], bakeTime, hooks } = readOptions(options, OPTION_TYPES, problems);
  return {
    kind,
    percentage,
    minutes: minutesOf(steps.wait ?? steps.interval),
    bakeMinutes: minutesOf(bakeTime),
    alarms,
    hooks: planHooks(hooks, problems.at('hooks')),
  };
}

/** Plans hooks in the order in which they are invoked. */
export function planHooks(hooks: RolloutHooks | undefined, problems: Problems): HookFunctions {
  return readOptions(hooks, HOOK_TYPES, problems);
}
