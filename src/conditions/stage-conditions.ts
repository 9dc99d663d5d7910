import { planGates, type Gate } from './gate';
import type { GateContext } from './rule-planner';
import type { ConditionPlan } from '../pipeline/pipeline-plan';

/**
 * What must hold before a stage begins. It is looked at after approvals, right before the first action.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions-entry.html
 *
 * @example
 * const deploy = new PipelineVariable('DEPLOY_DEMO', { defaultValue: 'yes' });
 * new DeploymentEnvironment('demo', {
 *   target: DeployTarget.staticSite(),
 *   beforeEntry: EntryCondition.skipUnless([Gate.variable(deploy.reference(), VariableOperator.EQUALS, 'yes')]),
 * });
 */
export class EntryCondition {
  /**
   * The stage fails, and with it the run, unless all gates hold. Who may override conditions can let the run in all the
   * same, while the stage is the newest thing that happened in the pipeline.
   *
   * @param gates 1 to 5 rules, where each alarm is one
   */
  public static failUnless(gates: Gate[]): EntryCondition {
    return new EntryCondition('FAIL', gates);
  }

  /**
   * The stage is left out, and the run goes on with the next one, unless all gates hold. Nothing of a stage that may be
   * left out can be used later. Of an environment the approval is left out, too: nobody is asked about a release that
   * goes nowhere.
   *
   * @param gates 1 to 5 variables and functions; the service takes no others here
   */
  public static skipUnless(gates: Gate[]): EntryCondition {
    return new EntryCondition('SKIP', gates);
  }

  private constructor(
    /** @internal */
    public readonly _result: 'FAIL' | 'SKIP',
    private readonly gates: Gate[],
  ) {}

  /** @internal */
  public _plan(context: GateContext): ConditionPlan<'FAIL' | 'SKIP'> {
    return { path: context.problems.path, result: this._result, rules: planGates(this.gates, context) };
  }
}

/**
 * What must hold after all actions of a stage have succeeded, for the run to go on.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions-success.html
 *
 * @example
 * declare const errors: cloudwatch.Alarm;
 * new DeploymentEnvironment('production', {
 *   target: DeployTarget.staticSite(),
 *   onSuccess: SuccessCondition.rollBackUnless([Gate.alarmsHealthy([errors], { waitTime: Duration.minutes(30) })]),
 * });
 */
export class SuccessCondition {
  /**
   * The stage goes back to the last release that succeeded in it, unless all gates hold. The first release has nothing
   * to go back to and stays. Impossible in `PARALLEL` mode.
   *
   * @param gates 1 to 5 rules, where each alarm is one
   */
  public static rollBackUnless(gates: Gate[]): SuccessCondition {
    return new SuccessCondition('ROLLBACK', gates);
  }

  /**
   * The stage fails, unless all gates hold: what it deployed stays where it is, and the run ends.
   *
   * @param gates 1 to 5 rules, where each alarm is one
   */
  public static failUnless(gates: Gate[]): SuccessCondition {
    return new SuccessCondition('FAIL', gates);
  }

  private constructor(
    private readonly result: 'FAIL' | 'ROLLBACK',
    private readonly gates: Gate[],
  ) {}

  /** @internal */
  public _plan(context: GateContext): ConditionPlan<'FAIL' | 'ROLLBACK'> {
    return { path: context.problems.path, result: this.result, rules: planGates(this.gates, context) };
  }
}
