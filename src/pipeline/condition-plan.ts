import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda } from 'aws-cdk-lib';
import type { StepPlan } from './pipeline-plan';

/** A rule of a condition: like a step, but without a place in the run order, and it makes nothing. */
export type RulePlan = StepPlan;

/** What must hold at a place of a stage, and what happens to the stage otherwise. */
export interface ConditionPlan<Result extends string> {
  readonly result: Result;
  readonly rules: readonly RulePlan[];
}

/** What happens when a stage fails. No rules: always. Rules and a retry exclude each other, so no plan can hold both. */
export type FailurePlan =
  | { readonly kind: 'roll-back'; readonly rules: readonly RulePlan[] }
  | { readonly kind: 'retry'; readonly mode: 'FAILED_ACTIONS' | 'ALL_ACTIONS' };

/** An alarm that is looked at. */
export interface AlarmRulePlan {
  readonly kind: 'alarm-rule';
  readonly alarm: cloudwatch.IAlarm;
}

/** A time or a variable that is looked at: the configuration says it all. */
export interface PlainRulePlan {
  readonly kind: 'plain-rule';
}

/** A function that is asked. */
export interface LambdaRulePlan {
  readonly kind: 'lambda-rule';
  readonly function: lambda.IFunction;
  readonly parameters: Readonly<Record<string, string>>;
  /** The stage, when the function shall be told in which pipeline and before which stage it is asked. */
  readonly askedFor?: string;
}

/** Commands that must succeed. */
export interface CommandsRulePlan {
  readonly kind: 'commands-rule';
}
