import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda } from 'aws-cdk-lib';
import type { ActionSpec } from '../pipeline/action-spec';

/** Describes a rule that reads an alarm. */
export interface AlarmRuleSpec extends ActionSpec {
  readonly kind: 'alarm-rule';
  readonly alarm: cloudwatch.IAlarm;
}

/** Describes a rule on a time or a variable: its configuration is all there is. */
export interface PlainRuleSpec extends ActionSpec {
  readonly kind: 'plain-rule';
}

/** Describes a rule that invokes a function. */
export interface LambdaRuleSpec extends ActionSpec {
  readonly kind: 'lambda-rule';
  readonly function: lambda.IFunction;
  readonly parameters: Readonly<Record<string, string>>;
  /** Stage that the function receives, with the pipeline, among its parameters. */
  readonly askedFor?: string;
}

/** Describes a rule that runs commands. */
export interface CommandsRuleSpec extends ActionSpec {
  readonly kind: 'commands-rule';
}
