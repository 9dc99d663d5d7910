import { planGates, type Gate } from './gate';
import type { GateContext } from './rule-planner';
import type { ConditionPlan } from '../pipeline/pipeline-plan';

/**
 * Gates that must pass before a stage starts. CodePipeline evaluates them after the approvals, before the first action.
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
   * Fails the stage, and with it the execution, unless all gates pass. A user with permission to override conditions
   * can let the execution proceed, as long as no newer execution has reached the stage.
   *
   * @param gates 1 to 5 rules; each alarm counts as one rule
   */
  public static failUnless(gates: Gate[]): EntryCondition {
    return new EntryCondition('FAIL', gates);
  }

  /**
   * Skips the stage and continues with the next one, unless all gates pass. The approval of an environment is skipped
   * together with the deployment. Later stages cannot use outputs of a stage that may be skipped.
   *
   * @param gates 1 to 5 rules that check variables or invoke functions; CodePipeline supports no others here
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
 * Gates that must pass after all actions of a stage have succeeded, before the execution continues.
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
   * Rolls the stage back to the last release that succeeded in it, unless all gates pass. The first release has no
   * earlier one and stays deployed. Not available in `PARALLEL` mode.
   *
   * @param gates 1 to 5 rules; each alarm counts as one rule
   */
  public static rollBackUnless(gates: Gate[]): SuccessCondition {
    return new SuccessCondition('ROLLBACK', gates);
  }

  /**
   * Fails the stage unless all gates pass. The release stays deployed, and the execution ends.
   *
   * @param gates 1 to 5 rules; each alarm counts as one rule
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
