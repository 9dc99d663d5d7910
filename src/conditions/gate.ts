import { isInstance } from '../pipeline/read-options';
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
 * A rule of CodePipeline that a release must pass before it proceeds.
 *
 * The condition that contains the gate determines what happens if the gate fails: {@link EntryCondition} fails or skips
 * the stage, {@link SuccessCondition} rolls the stage back or fails it, {@link FailureHandling} rolls it back. A
 * condition contains 1 to 5 rules, and all of them must pass.
 *
 * CodePipeline charges for the minutes of actions; its pricing page does not mention rules. Commands and builds cost
 * CodeBuild minutes, and functions cost Lambda invocations.
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
   * Passes if no alarm is in the state `ALARM`. Each alarm is a separate rule.
   *
   * In a {@link SuccessCondition}, the alarms are monitored for the `waitTime` (bake time), and the rule fails as soon
   * as one of them fires. No compute runs during the wait, so it costs nothing. AWS documents this wait only briefly:
   * test it once before you rely on it.
   *
   * In an {@link EntryCondition}, an alarm that is not firing passes immediately, and a firing one has the `waitTime`
   * to recover. If the same condition contains a deployment window, the alarm is evaluated before the window opens and
   * not again afterwards; a warning at synth reports this.
   *
   * @param alarms metric alarms in the account and Region of the pipeline. Composite alarms are rejected: reading them
   * requires permission for all alarms, and it is not documented that CodePipeline supports them
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-CloudWatchAlarm.html
   */
  public static alarmsHealthy(alarms: cloudwatch.IAlarm[], options: AlarmGateOptions = {}): Gate {
    return new Gate(new AlarmRules(alarms, options));
  }

  /**
   * Passes at the times of a cron expression. A release that arrives at another time waits until the next window opens,
   * without a time limit. Newer executions wait behind it.
   *
   * @param cron seconds, minutes, hours, day of the month, month, day of the week and, optionally, year:
   * `* * 9-16 ? * MON-FRI *` is 9:00 to 16:59 from Monday to Friday. Seconds are ignored. One of the two day fields
   * must be `?`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-DeploymentWindow.html
   */
  public static deploymentWindow(cron: string, options: DeploymentWindowOptions = {}): Gate {
    return new Gate(new DeploymentWindowRule(cron, options));
  }

  /**
   * Passes during whole hours on some days of the week, by default 9:00 to 16:59 from Monday to Friday.
   *
   * @param timeZone a name of the time zone database, e.g. `Europe/Berlin`
   */
  public static officeHours(timeZone: string, options: OfficeHoursOptions = {}): Gate {
    return new Gate(new OfficeHoursRule(timeZone, options));
  }

  /**
   * Passes if a variable matches a value, for example a value that was supplied when the execution started, an exported
   * variable of a build, or the branch name. Values are compared as strings, not as numbers.
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
   * Invokes a Lambda function, which passes or fails the gate by reporting the success or the failure of its job. If
   * the function never reports a result, the rule waits until CodePipeline times out.
   *
   * The event is expected to be that of a Lambda action; AWS does not document the event of a rule, so this is
   * unverified.
   *
   * @param gateFunction a function in the account and Region of the pipeline. A function of this app is granted
   * permission to report results
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html
   */
  public static lambdaFunction(gateFunction: lambda.IFunction, options: LambdaGateOptions = {}): Gate {
    return new Gate(new LambdaRule(gateFunction, options));
  }

  /**
   * Runs shell commands on CodePipeline-managed compute, for at most 55 minutes, and passes if all of them succeed.
   * They cost CodeBuild minutes.
   *
   * The commands run under a separate role that can only read their input artifacts and write their log.
   *
   * @param commands 1 to 50 single-line commands of at most 1000 characters
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-Commands.html
   */
  public static commands(commands: string[], options: CommandsGateOptions = {}): Gate {
    return new Gate(new CommandsRule(commands, options));
  }

  /**
   * Runs a build, and passes if it succeeds.
   *
   * @param buildStep a step with a CodeBuild project, such as `BuildStep.shell` or `BuildStep.project`, without output
   * artifacts and exported variables. The step name is the rule name
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

/** Plans the rules of a condition, and reports items that are not gates. */
export function planGates(gates: readonly Gate[], context: GateContext): RulePlan[] {
  const items = context.problems.at('gates');
  if (!Array.isArray(gates)) {
    items.add('be a list of gates', gates, "write it as in [Gate.officeHours('Europe/Berlin')]");
    return [];
  }
  return gates.flatMap((gate, i) => {
    const problems = items.index(i);
    if (isInstance(gate, Gate)) return gate._plan({ ...context, problems });
    problems.add('be a Gate', gate, "use one, e.g. Gate.officeHours('Europe/Berlin')");
    return [];
  });
}
