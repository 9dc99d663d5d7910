import type {
  aws_codebuild as codebuild,
  aws_codedeploy as codedeploy,
  aws_codepipeline as codepipeline,
  aws_iam as iam,
  aws_s3 as s3,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { deploymentGroupIn, cloudFormationRoleIn, actionRoleIn, siteIn, buildProjectIn, buildRoleIn } from './lookups';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import type { RenderedPipeline } from '../../render/rendered';

/**
 * What every pattern has made, for grants, alarms and outputs of your own. It is not meant to be extended outside of
 * the library.
 *
 * @example
 * declare const delivery: PipelinePattern; // a WebAppPipeline, a ContainerPipeline, …
 * declare const table: dynamodb.Table;
 * table.grantReadData(delivery.actionRole('production'));
 */
export abstract class PipelinePattern extends Construct {
  /** @internal */
  protected abstract readonly _built: RenderedPipeline;

  /**
   * Name of the step that builds what the pattern releases, where there is only one.
   *
   * @internal
   */
  protected _buildStepName?: string;

  /**
   * The pipeline, for everything that this class has no prop for. Statements for its role go to {@link pipelineRole}.
   */
  public get pipeline(): codepipeline.Pipeline {
    return this._built.pipeline;
  }

  /** The service role of the pipeline. */
  public get pipelineRole(): iam.Role {
    return this._built.role;
  }

  /** The bucket through which actions hand on their artifacts. It stays when the stack is deleted. */
  public get artifactBucket(): s3.Bucket {
    return this._built.artifactBucket;
  }

  /**
   * Returns the CodeBuild project of a step: of a build, a check, a test, an image scan or a gate that runs commands.
   *
   * @param stepName name of the step. Tests in an environment are suffixed with its name, such as `Test-staging`. By
   * default the build of the pattern, where there is only one
   * @throws if no step of this name has a project that the pipeline created, or if there are several builds and no name
   */
  public buildProject(stepName?: string): codebuild.Project {
    return buildProjectIn(this, this._built, stepName ?? this._buildStepName);
  }

  /**
   * Returns the role that a step runs under, to grant its commands what they need.
   *
   * @param stepName name of the step. Tests in an environment are suffixed with its name, such as `Test-staging`. By
   * default the build of the pattern, where there is only one
   * @throws if no step of this name has a role that the pipeline created, or if there are several builds and no name
   */
  public buildRole(stepName?: string): iam.Role {
    return buildRoleIn(this, this._built, stepName ?? this._buildStepName);
  }

  /**
   * The site of an environment, be it in a wave or not.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or it has no site
   */
  public site(environmentName: string): DeployedSite {
    return siteIn(this, this._built, environmentName);
  }

  /**
   * The role under which releases are deployed to an environment, be it in a wave or not.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or its role is made by a {@link DeploymentAccess}
   */
  public actionRole(environmentName: string): iam.Role {
    return actionRoleIn(this, this._built, environmentName);
  }

  /**
   * The role with which CloudFormation works on the stack of an environment, be it in a wave or not: yours, or one that
   * may do nothing until you grant it what the template needs.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or it has no stack
   */
  public cloudFormationRole(environmentName: string): iam.IRole {
    return cloudFormationRoleIn(this, this._built, environmentName);
  }

  /**
   * The deployment group by which CodeDeploy moves the traffic of a service, for alarms and notifications of your own.
   *
   * @param environmentName name of the environment, as it was given
   * @param deploymentName the `deploymentName` of the service, where it has one
   * @throws when there is no such environment or deployment, when CodeDeploy does not deploy to it, or when a
   * {@link DeploymentAccess} made the group
   */
  public deploymentGroup(environmentName: string, deploymentName?: string): codedeploy.IEcsDeploymentGroup {
    return deploymentGroupIn(this, this._built, environmentName, deploymentName);
  }
}
