import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda } from 'aws-cdk-lib';

/** How traffic moves from the release before to the new one. */
export type RolloutPlan = RollingPlan | ShiftPlan;

/** Tasks are replaced some at a time; old and new ones serve until the last is replaced. */
export interface RollingPlan {
  readonly kind: 'rolling';
}

/** The new release runs beside the old one, and traffic is moved. */
export interface ShiftPlan {
  readonly kind: 'all-at-once' | 'canary' | 'linear';
  /** Percent of the traffic of the first step, and of every step when it is linear. */
  readonly percentage?: number;
  /** Minutes between steps. */
  readonly minutes?: number;
  /** Minutes that the old release stays after all traffic has moved; undefined where whoever moves it has a time of their own. */
  readonly bakeMinutes?: number;
  readonly alarms: readonly cloudwatch.IAlarm[];
  /** Functions that are asked in between, by what has just happened or is about to. */
  readonly hooks: { readonly [K in ShiftHook]?: lambda.IFunction };
}

/** When a function is asked, in the order in which that comes. */
export const SHIFT_HOOKS = [
  'beforeInstall',
  'afterInstall',
  'afterAllowTestTraffic',
  'beforeAllowTraffic',
  'afterAllowTraffic',
] as const;
export type ShiftHook = (typeof SHIFT_HOOKS)[number];
