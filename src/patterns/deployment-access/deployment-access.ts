import type { aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planAccess, type DeploymentAccessProps } from './plan';
import { renderAccess } from './render';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import { cloudFormationRoleIn, actionRoleIn, type BuiltEnvironments, siteIn } from '../common/lookups';
import { planOrFail } from '../common/plan-or-fail';

/**
 * What a pipeline of another account needs here, made by those who own this account: the role that it takes on, and
 * what its targets consist of.
 *
 * A pipeline makes all this itself, in stacks beside its own. Use this where it may not: in another app, deployed by
 * another team, before the pipeline. Both sides make the same names of the same words (name, account and region of the
 * pipeline, name of the environment), so neither refers to the other, and either may be made anew. In the pipeline the
 * environment is marked with `existingAccess: true`.
 *
 * The role trusts the account of the pipeline, narrowed to the role of this one pipeline. It costs nothing but what the
 * target costs.
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
  private readonly built: BuiltEnvironments;

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: DeploymentAccessProps) {
    super(scope, id);
    const plan = planOrFail(this, (env, problems) => planAccess(props, env, problems));
    const { pipelineName, pipelineEnv } = props;
    this.built = renderAccess(this, plan, {
      pipelineName,
      account: pipelineEnv.account!,
      region: pipelineEnv.region!,
    });
  }

  /**
   * The role that the pipeline takes on to deploy to an environment.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment
   */
  public actionRole(environmentName: string): iam.Role {
    return actionRoleIn(this, this.built, environmentName);
  }

  /**
   * The site of an environment.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or it has no site
   */
  public site(environmentName: string): DeployedSite {
    return siteIn(this, this.built, environmentName);
  }

  /**
   * The role with which CloudFormation works on the stack of an environment: yours, or one that may do nothing until
   * you grant it what the template needs.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or it has no stack
   */
  public cloudFormationRole(environmentName: string): iam.IRole {
    return cloudFormationRoleIn(this, this.built, environmentName);
  }
}
