import type { aws_cloudwatch as cloudwatch, aws_lambda as lambda } from 'aws-cdk-lib';
import { type AlarmGateOptions, AlarmRules } from './alarms/plan';
import { BuildRule } from './build/plan';
import { type CommandsGateOptions, CommandsRule } from './commands/plan';
import {
  type DeploymentWindowOptions,
  type OfficeHoursOptions,
  DeploymentWindowRule,
  OfficeHoursRule,
} from './deployment-window/plan';
import { type LambdaGateOptions, LambdaRule } from './lambda/plan';
import type { GateOptions, GateContext, RulePlanner } from './rule-planner';
import { VariableRule, type VariableOperator } from './variable/plan';
import type { RulePlan } from '../pipeline/pipeline-plan';
import type { BuildStep } from '../steps/build-step';

/**
 * What must hold before a release goes on: a rule of CodePipeline.
 *
 * What happens otherwise is said where the gate stands: {@link EntryCondition} (the stage fails, or is skipped),
 * {@link SuccessCondition} (the stage goes back, or fails), {@link FailureHandling}. A condition holds 1 to 5 rules,
 * and all must hold. CodePipeline charges for the minutes of actions; its price page names no rules. Commands and
 * builds cost their minutes in CodeBuild, functions theirs in Lambda.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference.html
 *
 * @example
 * declare const errors: cloudwatch.Alarm;
 * new DeploymentEnvironment('production', {
 *   target: DeployTarget.staticSite(),
 *   beforeEntry: EntryCondition.failUnless([Gate.officeHours('Europe/Berlin')]),
 *   onSuccess: SuccessCondition.rollBackUnless([Gate.alarmsHealthy([errors], { waitTime: Duration.minutes(30) })]),
 * });
 */
export class Gate {
  /**
   * Alarms that are not in the state ALARM. Each is a rule of its own.
   *
   * On success it is a bake: the alarms are watched for the `waitTime`, and one that goes off ends it. Nothing runs
   * while it waits, so it costs nothing. AWS describes this wait in half a sentence: rehearse it once before you rely
   * on it.
   *
   * Before entry an alarm that is quiet passes at once; one that is in ALARM has the `waitTime` to recover. Beside a
   * deployment window in the same condition an alarm is looked at before the window opens, and not again afterwards:
   * the synthesis warns about it.
   *
   * @param alarms of the account and region of the pipeline. CloudWatch shows composite alarms only to who may see all
   * alarms; whether CodePipeline looks for them at all is not documented, so they are refused
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
   */
  public static alarmsHealthy(alarms: cloudwatch.IAlarm[], options: AlarmGateOptions = {}): Gate {
    return new Gate(new AlarmRules(alarms, options));
  }

  /**
   * Times at which releases go on. A release that comes at another time waits until the next one, however long; a newer
   * run waits behind it.
   *
   * @param cron seconds, minutes, hours, day of the month, month, day of the week and, if you like, year:
   * `* * 9-16 ? * MON-FRI *` is 9:00 to 16:59 from Monday to Friday. Seconds are not looked at. One of the two days is
   * `?`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
   */
  public static deploymentWindow(cron: string, options: DeploymentWindowOptions = {}): Gate {
    return new Gate(new DeploymentWindowRule(cron, options));
  }

  /**
   * A deployment window of whole hours on some days of the week, 9:00 to 16:59 from Monday to Friday unless you say
   * otherwise.
   *
   * @param timeZone as the time zone database names it, e.g. `Europe/Berlin`
   */
  public static officeHours(timeZone: string, options: OfficeHoursOptions = {}): Gate {
    return new Gate(new OfficeHoursRule(timeZone, options));
  }

  /**
   * Passes if a variable has a certain value: a value provided when the execution started, a variable that a build
   * exported, the branch. Values are compared as texts, never as numbers.
   *
   * @param variable reference of the variable, from `step.variable('NAME')` or {@link PipelineVariable.reference}
   * @param value 1 to 1000 characters
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-VariableCheck.html
   */
  public static variable(
    variable: string,
    comparison: VariableOperator,
    value: string,
    options: GateOptions = {},
  ): Gate {
    return new Gate(new VariableRule({ variable, comparison, value }, options));
  }

  /**
   * A function that says yes by reporting the success of its job, and no by reporting its failure. Without an answer it
   * is asked in vain until CodePipeline gives up. It is called as a Lambda action calls it; AWS does not publish what a
   * rule sends, so that the two are alike is unverified.
   *
   * @param gateFunction in the account and region of the pipeline. One of this app is allowed to answer
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html
   */
  public static lambdaFunction(gateFunction: lambda.IFunction, options: LambdaGateOptions = {}): Gate {
    return new Gate(new LambdaRule(gateFunction, options));
  }

  /**
   * Commands that all succeed, on compute of CodePipeline, for 55 minutes at most. Their minutes cost what those of
   * CodeBuild cost. They run under a role of their own, with nothing but their input and their log.
   *
   * @param commands 1 to 50 commands of one line and at most 1000 characters
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-Commands.html
   */
  public static commands(commands: string[], options: CommandsGateOptions = {}): Gate {
    return new Gate(new CommandsRule(commands, options));
  }

  /**
   * A build that succeeds: one with a project, such as `BuildStep.shell` or `BuildStep.project`, and without artifacts.
   *
   * @param buildStep its name tells the rule from those beside it
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CodeBuild.html
   */
  public static buildStep(buildStep: BuildStep): Gate {
    return new Gate(new BuildRule(buildStep));
  }

  /**
   * Returns a gate whose function receives the pipeline and the stage among its parameters.
   *
   * @internal
   */
  public static _ofFreeze(freezeFunction: lambda.IFunction, options: LambdaGateOptions): Gate {
    return new Gate(new LambdaRule(freezeFunction, options, { receivesStage: true }));
  }

  private constructor(private readonly planner: RulePlanner) {}

  /** @internal */
  public _plan(context: GateContext): RulePlan[] {
    return this.planner.plan(context);
  }
}

/** Plans the rules of the gates of a condition, and validates that they are gates. */
export function planGates(gates: readonly Gate[], context: GateContext): RulePlan[] {
  const at = context.problems.at('gates');
  if (!Array.isArray(gates)) {
    at.add('be a list of gates', gates, "write it as in [Gate.officeHours('Europe/Berlin')]");
    return [];
  }
  return gates.flatMap((gate, i) => {
    const problems = at.index(i);
    if (gate instanceof Gate) return gate._plan({ ...context, problems });
    problems.add('be a Gate', gate, "use one, e.g. Gate.officeHours('Europe/Berlin')");
    return [];
  });
}
