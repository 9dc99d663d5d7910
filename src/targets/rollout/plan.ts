import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda, Duration } from 'aws-cdk-lib';
import type { RolloutHooks, RolloutOptions } from './options';
import type { Problems } from '../../pipeline/problems';
import { listOf, objectOf, optional, validateOptions, type OptionTypes } from '../../pipeline/value-types';
import { DURATION, minutesOf, resourceOf } from '../option-types';

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
  /** Time between steps, and the argument of the factory that configures it. */
  readonly step?: { readonly prop: 'wait' | 'interval'; readonly duration: Duration };
  readonly options: RolloutOptions;
}

const FUNCTION = optional(resourceOf('functionArn', 'a function', 'pass one, or leave it out'));

/** Type of hooks, which decide whether a deployment continues. */
export const HOOKS = objectOf<RolloutHooks>(
  {
    beforeInstall: FUNCTION,
    afterInstall: FUNCTION,
    afterAllowTestTraffic: FUNCTION,
    beforeAllowTraffic: FUNCTION,
    afterAllowTraffic: FUNCTION,
  },
  'an object with hooks',
);

const OPTION_TYPES: OptionTypes<RolloutOptions> = {
  alarms: optional(listOf(resourceOf('alarmName', 'an alarm', 'pass one, or leave it out'))),
  bakeTime: optional(DURATION),
  hooks: optional(HOOKS),
};

/** Plans a rollout, or reports values of wrong types. What is possible depends on the target, which validates it. */
export function planRollout(content: RolloutContent, problems: Problems): RolloutPlan | undefined {
  if (content.kind === 'rolling') return content;
  const { kind, percentage, step, options } = content;
  const hasStep = step === undefined || optional(DURATION).validate(step.duration, problems.at(step.prop));
  if (!validateOptions(options, OPTION_TYPES, problems) || !hasStep) return undefined;
  const { alarms = [], bakeTime, hooks = {} } = options;
  return {
    kind,
    percentage,
    minutes: minutesOf(step?.duration),
    bakeMinutes: minutesOf(bakeTime),
    alarms,
    hooks: inOrder(hooks),
  };
}

/** Returns hooks in the order in which they are invoked. */
export function inOrder(hooks: RolloutHooks): HookFunctions {
  return Object.fromEntries(ROLLOUT_HOOKS.flatMap((name) => (hooks[name] ? [[name, hooks[name]]] : [])));
}
