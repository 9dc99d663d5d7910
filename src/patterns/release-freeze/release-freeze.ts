import type { aws_iam as iam, aws_lambda as lambda, aws_logs as logs, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planFreeze, type ReleaseFreezeProps } from './plan';
import { grantWriting, renderFreeze } from './render';
import { Gate } from '../../conditions/gate';
import type { GateOptions } from '../../conditions/rule-planner';
import { fail, problem } from '../../pipeline/problems';
import { planOrFail, validId } from '../common/plan-or-fail';

/**
 * A single switch that blocks releases across pipelines, with a break-glass override.
 *
 * Pipelines evaluate the freeze when an execution enters a stage. During a freeze, the execution fails there with the
 * reason of the freeze, before any action runs. To override the freeze for a pipeline for an hour, write
 * `<pipeline>: <reason>` to the break-glass parameter. Allowed and blocked releases are recorded in a log group that is
 * retained when the stack is deleted. If the state cannot be read, releases are blocked.
 *
 * Only the storage of the log is charged permanently; an evaluation costs less than $0.0001 (us-east-1). If you change
 * the id or the path of the construct, its parameters are replaced, and the new state is open.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/rule-reference-LambdaInvoke.html
 *
 * @example
 * const freeze = new ReleaseFreeze(this, 'Freeze', { breakGlassDuration: Duration.minutes(30) });
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging'),
 *     new DeploymentEnvironment('production', { beforeEntry: EntryCondition.failUnless([freeze.gate()]) }),
 *   ],
 * });
 * freeze.grantFreeze(iam.Role.fromRoleName(this, 'ReleaseManagers', 'release-managers'));
 * freeze.grantBreakGlass(iam.Role.fromRoleName(this, 'OnCall', 'on-call'));
 */
export class ReleaseFreeze extends Construct {
  /** Lambda function that evaluates the freeze. */
  public readonly handler: lambda.Function;

  /**
   * Log group with a JSON line for each evaluation: `outcome`, `pipeline`, `stage`, `job` and, if applicable, `freeze`
   * and `breakGlass`.
   */
  public readonly logGroup: logs.LogGroup;

  /** SSM parameter for `<pipeline>: <reason>`. Its initial value is `none`. */
  public readonly breakGlassParameter: ssm.IParameter;

  /**
   * SSM parameter with the value `open` or `frozen <reason>`.
   *
   * @default - undefined if change calendars determine the state
   */
  public readonly freezeParameter?: ssm.IParameter;

  /**
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: ReleaseFreezeProps = {}) {
    super(scope, validId('ReleaseFreeze', scope, id));
    const plan = planOrFail(this, ReleaseFreeze, (env, problems) => planFreeze(props, env, problems));
    const { handler, logGroup, breakGlassParameter, freezeParameter } = renderFreeze(this, plan);

    this.handler = handler;
    this.logGroup = logGroup;
    this.breakGlassParameter = breakGlassParameter;
    this.freezeParameter = freezeParameter;
  }

  /**
   * Returns a gate that evaluates the freeze. Use it in the entry condition of a stage of any pipeline in the account
   * and Region of the freeze, in any stack of the app.
   *
   * During a freeze, `EntryCondition.failUnless` fails the execution, and `EntryCondition.skipUnless` skips the stage
   * and continues with the next one.
   */
  public gate(options: GateOptions = {}): Gate {
    return Gate._ofFreeze(this.handler, { ruleName: 'Freeze', ...options });
  }

  /**
   * Grants permission to start and end a freeze: to read and write the freeze parameter.
   *
   * @throws if change calendars determine the state. In this case, grant permission to change their entries instead
   */
  public grantFreeze(grantee: iam.IGrantable): iam.Grant {
    if (!this.freezeParameter) {
      fail(this, [
        problem(
          'freezeState',
          'be a parameter to call grantFreeze',
          'change calendars',
          'allow ssm:PutCalendar on their documents instead',
        ),
      ]);
    }
    return grantWriting(this.freezeParameter, grantee);
  }

  /**
   * Grants permission to override a freeze: to read and write the break-glass parameter. The override applies to any
   * pipeline that the grantee writes to it.
   */
  public grantBreakGlass(grantee: iam.IGrantable): iam.Grant {
    return grantWriting(this.breakGlassParameter, grantee);
  }
}
