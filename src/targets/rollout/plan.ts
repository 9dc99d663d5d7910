import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda, Duration } from 'aws-cdk-lib';
import type { RolloutHooks, RolloutOptions } from './options';
import type { Problems } from '../../pipeline/problems';
import { ANY, listOf, readOptions, type OptionTypes } from '../../pipeline/read-options';
import { DURATION, minutesOf, resourceType } from '../option-types';

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
const FUNCTION = resourceType('functionArn', 'a function', FIX);

const HOOK_TYPES: OptionTypes<RolloutHooks> = {
  beforeInstall: FUNCTION,
  afterInstall: FUNCTION,
  afterAllowTestTraffic: FUNCTION,
  beforeAllowTraffic: FUNCTION,
  afterAllowTraffic: FUNCTION,
};

const OPTION_TYPES: OptionTypes<RolloutOptions> = {
  alarms: listOf(resourceType('alarmName', 'an alarm', FIX), FIX),
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
