import type { aws_iam as iam, aws_lambda as lambda, aws_logs as logs, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planFreeze, type ReleaseFreezeProps } from './plan';
import { grantWriting, renderFreeze } from './render';
import { Gate } from '../../conditions/gate';
import type { GateOptions } from '../../conditions/rule-planner';
import { fail, problem } from '../../pipeline/problems';
import { planOrFail } from '../common/plan-or-fail';

/**
 * One switch that holds the releases of many pipelines, with a glass to break.
 *
 * Pipelines ask it on entering a stage. While it is frozen their runs fail there, before any action, with the reason of
 * the freeze. Writing `<pipeline>: <reason>` into the break-glass parameter lets that pipeline through for an hour.
 * What was let through and what was held is recorded, in a log group that stays when the stack is deleted. A switch
 * that cannot be read is frozen.
 *
 * At rest it costs nothing but the storage of the record; a question costs well below $0.0001 (us-east-1). Changing the
 * id or the path of the construct replaces its parameters, and the new switch is open.
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
  /** The function that pipelines ask. */
  public readonly handler: lambda.Function;

  /**
   * The record: a line of JSON for each question, with `outcome`, `pipeline`, `stage`, `job`, and where they apply
   * `freeze` and `breakGlass`.
   */
  public readonly logGroup: logs.LogGroup;

  /** The parameter that takes `<pipeline>: <reason>`. It says `none` until somebody writes it. */
  public readonly breakGlassParameter: ssm.IParameter;

  /**
   * The parameter that says `open`, or `frozen` with the reason behind it.
   *
   * @default - none when change calendars tell
   */
  public readonly freezeParameter?: ssm.IParameter;

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: ReleaseFreezeProps = {}) {
    super(scope, id);
    const plan = planOrFail(this, (_env, problems) => planFreeze(props, problems));
    const { handler, logGroup, breakGlassParameter, freezeParameter } = renderFreeze(this, plan);

    this.handler = handler;
    this.logGroup = logGroup;
    this.breakGlassParameter = breakGlassParameter;
    this.freezeParameter = freezeParameter;
  }

  /**
   * Asks the freeze. It belongs before the entry of a stage, of any pipeline in the account and region of the freeze,
   * in any stack of the app.
   *
   * In `EntryCondition.failUnless` a run that is held fails there. In `skipUnless` the stage is left out instead, and
   * the run goes on behind it.
   */
  public gate(options: GateOptions = {}): Gate {
    return Gate._ofFreeze(this.handler, { ruleName: 'Freeze', ...options });
  }

  /**
   * Lets somebody freeze and thaw: read and write the switch parameter, and nothing else.
   *
   * @throws when change calendars tell, since whoever may change their entries freezes
   */
  public grantFreeze(grantee: iam.IGrantable): iam.Grant {
    if (!this.freezeParameter) {
      fail(this, [
        problem(
          'freezeState',
          'be a parameter for grantFreeze',
          'change calendars',
          'allow ssm:PutCalendar on their documents instead',
        ),
      ]);
    }
    return grantWriting(this.freezeParameter, grantee);
  }

  /**
   * Lets somebody break the glass: read and write the break-glass parameter, and nothing else. It opens for any
   * pipeline that they name.
   */
  public grantBreakGlass(grantee: iam.IGrantable): iam.Grant {
    return grantWriting(this.breakGlassParameter, grantee);
  }
}
