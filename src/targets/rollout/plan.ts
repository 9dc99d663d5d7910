import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda, Duration } from 'aws-cdk-lib';
import type { RolloutHooks, RolloutOptions } from './options';
import type { Problems } from '../../pipeline/problems';
import {
  minutesOf,
  providedOptions,
  validateRecord,
  validateResource,
  validateResources,
  type ResourceRule,
} from '../validate-options';

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

const ALARM: ResourceRule = { what: 'an alarm', attribute: 'alarmName', fix: 'pass one, or leave it out' };
const HOOK: ResourceRule = { what: 'a function', attribute: 'functionArn', fix: 'pass one, or leave it out' };

/** Plans a rollout, and reports values of wrong types. What is possible depends on the target, which validates it. */
export function planRollout(content: RolloutContent, problems: Problems): RolloutPlan | undefined {
  if (content.kind === 'rolling') return content;
  const { kind, percentage, step } = content;
  const options = providedOptions(content.options, problems);
  if (!options) return undefined;
  const { alarms = [], bakeTime, hooks } = options;
  validateResources(alarms, ALARM, problems.at('alarms'));
  return {
    kind,
    percentage,
    minutes: step && minutesOf(step.duration, problems.at(step.prop)),
    bakeMinutes: minutesOf(bakeTime, problems.at('bakeTime')),
    alarms,
    hooks: planHooks(hooks, problems.at('hooks')),
  };
}

/** Returns the functions of hooks, in their order. */
export function planHooks(hooks: RolloutHooks | undefined, problems: Problems): HookFunctions {
  validateRecord(hooks ?? undefined, HOOK, problems, (hook, at) => {
    if (hook !== undefined && hook !== null) validateResource(hook, HOOK, at);
  });
  return Object.fromEntries(
    ROLLOUT_HOOKS.flatMap((name) => {
      const hook = hooks?.[name];
      return hook ? [[name, hook]] : [];
    }),
  );
}
