import type { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planAccess, type DeploymentAccessProps } from './plan';
import { type BuiltAccess, renderAccess } from './render';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import { cloudFormationRoleIn, actionRoleIn, siteIn, stepRoleIn } from '../common/lookups';
import { planOrFail, validId } from '../common/plan-or-fail';

/**
 * The roles and resources of environments that a pipeline in another account or Region deploys to, created by the owner
 * of the environments.
 *
 * By default, a pipeline creates these in separate stacks of its app. Use this construct if it must not: in another
 * app, e.g. of another team, that is deployed before the pipeline. In the pipeline, set `existingAccess: true` on the
 * environments. The pipeline and this construct derive the same resource names from the name, account and Region of the
 * pipeline and the name of the environment. So they need no references to each other, and either can be recreated.
 *
 * The trust policy of the action role allows only the role of the pipeline to assume it. Only the resources of the
 * targets incur a cost.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 *
 * @example
 * const target = DeployTarget.cloudFormationStack('orders');
 *
 * // In the app of the account 222222222222:
 * const access = new DeploymentAccess(this, 'Access', {
 *   pipelineName: 'orders',
 *   pipelineEnv: { account: '111111111111', region: 'eu-west-1' },
 *   environments: [new DeploymentEnvironment('production', { target })],
 * });
 * access.cloudFormationRole('production');
 */
export class DeploymentAccess extends Construct {
  private readonly built: BuiltAccess;

  /**
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: DeploymentAccessProps) {
    super(scope, validId('DeploymentAccess', scope, id));
    const plan = planOrFail(this, DeploymentAccess, (env, problems) => planAccess(props, env, problems));
    const { pipelineName, pipelineEnv } = props;
    this.built = renderAccess(this, plan, {
      pipelineName,
      account: pipelineEnv.account!,
      region: pipelineEnv.region!,
    });
  }

  /**
   * Returns the action role of an environment, which the pipeline assumes to deploy to it.
   *
   * @param environmentName name of the environment
   * @throws if there is no such environment
   */
  public actionRole(environmentName: string): iam.Role {
    return actionRoleIn(this, this.built, environmentName);
  }

  /**
   * Returns the role of a test that runs in an environment, see {@link TestStep.commands}.
   *
   * @param stepName name of the test with the name of its environment as a suffix, such as `Test-production`
   * @throws if no such test runs in the environments
   */
  public buildRole(stepName: string): iam.Role {
    return stepRoleIn(this, this.built, stepName);
  }

  /**
   * Returns the static site of an environment.
   *
   * @param environmentName name of the environment
   * @throws if there is no such environment, or if it has no site
   */
  public site(environmentName: string): DeployedSite {
    return siteIn(this, this.built, environmentName);
  }

  /**
   * Returns the execution role of CloudFormation for the stack of an environment. A role that this construct creates
   * has no permissions until you grant those that the template requires.
   *
   * @param environmentName name of the environment
   * @throws if there is no such environment, or if it deploys no stack
   */
  public cloudFormationRole(environmentName: string): iam.IRole {
    return cloudFormationRoleIn(this, this.built, environmentName);
  }
}
