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
import { PASS_OR_REMOVE, RESOURCE } from '../../pipeline/rules';

/** Options of every {@link Rollout} that shifts traffic from one release to another. */
export interface RolloutOptions {
  /**
   * Alarms in the account and Region of the environment, at most 50. If one fires before the old release is terminated,
   * all traffic shifts back to the old release and the deployment fails.
   *
   * @default - no alarms; a deployment is rolled back only if its tasks do not become healthy or a hook fails
   */
  readonly alarms?: cloudwatch.IAlarm[];

  /**
   * Time for which the old release keeps running after all traffic has shifted, so that a rollback is immediate. Whole
   * minutes, at most 2,800. The tasks of both releases are charged during this time.
   *
   * @default - 5 minutes
   */
  readonly bakeTime?: Duration;

  /**
   * Lambda functions that validate the deployment.
   *
   * @default - no hooks
   */
  readonly hooks?: RolloutHooks;
}

/**
 * Lambda functions that CodeDeploy invokes during a deployment, in this order. If a function fails, or does not report
 * a result within one hour, the deployment is rolled back.
 *
 * @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#appspec-hooks-ecs
 */
export interface RolloutHooks {
  /**
   * Invoked before the tasks of the new release are created.
   *
   * @default - no function
   */
  readonly beforeInstall?: lambda.IFunction;

  /**
   * Invoked after the tasks of the new release are created, before they receive traffic.
   *
   * @default - no function
   */
  readonly afterInstall?: lambda.IFunction;

  /**
   * Invoked after the test listener forwards to the new release, for tests before production traffic shifts.
   *
   * @default - no function
   */
  readonly afterAllowTestTraffic?: lambda.IFunction;

  /**
   * Invoked before production traffic shifts to the new release.
   *
   * @default - no function
   */
  readonly beforeAllowTraffic?: lambda.IFunction;

  /**
   * Invoked after all production traffic has shifted to the new release.
   *
   * @default - no function
   */
  readonly afterAllowTraffic?: lambda.IFunction;
}

/** Describes how a new release replaces the previous one. */
export type RolloutPlan = RollingUpdate | TrafficShift;

/** Replaces tasks in batches. */
export interface RollingUpdate {
  readonly kind: 'rolling';
}

/** Runs the new release beside the old one, and shifts traffic. */
export interface TrafficShift {
  readonly kind: 'all-at-once' | 'canary' | 'linear';
  /** Percentage of the traffic of the first step, and of every step of a linear rollout. */
  readonly percentage?: number;
  /** Minutes between steps. */
  readonly minutes?: number;
  /** Minutes for which the old release keeps running after all traffic has shifted; undefined for the default. */
  readonly bakeMinutes?: number;
  readonly alarms: readonly cloudwatch.IAlarm[];
  readonly hooks: HookFunctions;
}

/** Functions that validate a deployment, by hook. */
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

/** Describes a rollout as configured. */
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

const FUNCTION = resourceWith('functionArn', RESOURCE.function, PASS_OR_REMOVE);

const HOOK_TYPES: OptionTypes<RolloutHooks> = {
  beforeInstall: FUNCTION,
  afterInstall: FUNCTION,
  afterAllowTestTraffic: FUNCTION,
  beforeAllowTraffic: FUNCTION,
  afterAllowTraffic: FUNCTION,
};

const OPTION_TYPES: OptionTypes<RolloutOptions> = {
  alarms: listOf(resourceWith('alarmArn', RESOURCE.alarm, PASS_OR_REMOVE), 'pass a list, e.g. [alarm]'),
  bakeTime: DURATION,
  hooks: ANY,
};

/** Plans a rollout, and reports values of a wrong type. The target validates whether it supports the rollout. */
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
