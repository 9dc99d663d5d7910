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
 * Base class of all pipeline patterns. It gives access to the created resources, e.g. for grants, alarms and outputs.
 *
 * Do not extend it outside of this library.
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

  /** The pipeline. To add statements to its role, use {@link pipelineRole}. */
  public get pipeline(): codepipeline.Pipeline {
    return this._built.pipeline;
  }

  /** The service role of the pipeline. */
  public get pipelineRole(): iam.Role {
    return this._built.role;
  }

  /** The artifact bucket of the pipeline. A bucket that the pattern creates is retained when the stack is deleted. */
  public get artifactBucket(): s3.IBucket {
    return this._built.artifactBucket;
  }

  /**
   * Returns the CodeBuild project of a step: of a build, a check, a test, an image scan or a gate that runs commands.
   *
   * @param stepName name of the step. Tests in an environment are suffixed with its name, such as `Test-staging`. By
   * default, the build of the pattern, if there is only one
   * @throws if no step of this name has a project that the pipeline created, or if there are several builds and no name
   */
  public buildProject(stepName?: string): codebuild.Project {
    return buildProjectIn(this, this._built, stepName ?? this._buildStepName);
  }

  /**
   * Returns the role that a step runs under, e.g. to grant permissions to its commands.
   *
   * @param stepName name of the step. Tests in an environment are suffixed with its name, such as `Test-staging`. By
   * default, the build of the pattern, if there is only one
   * @throws if no step of this name has a role that the pipeline created, or if there are several builds and no name
   */
  public buildRole(stepName?: string): iam.Role {
    return buildRoleIn(this, this._built, stepName ?? this._buildStepName);
  }

  /**
   * Returns the static site of an environment.
   *
   * @param environmentName name of the environment
   * @throws if there is no such environment, or if it has no site
   */
  public site(environmentName: string): DeployedSite {
    return siteIn(this, this._built, environmentName);
  }

  /**
   * Returns the action role of an environment, under which releases are deployed to it.
   *
   * @param environmentName name of the environment
   * @throws if there is no such environment, or if a {@link DeploymentAccess} creates its role
   */
  public actionRole(environmentName: string): iam.Role {
    return actionRoleIn(this, this._built, environmentName);
  }

  /**
   * Returns the execution role of CloudFormation for the stack of an environment. A role that the pattern creates has
   * no permissions until you grant those that the template requires.
   *
   * @param environmentName name of the environment
   * @throws if there is no such environment, or if it deploys no stack
   */
  public cloudFormationRole(environmentName: string): iam.IRole {
    return cloudFormationRoleIn(this, this._built, environmentName);
  }

  /**
   * Returns the deployment group with which CodeDeploy shifts the traffic of a service, e.g. for alarms.
   *
   * @param environmentName name of the environment
   * @param deploymentName `deploymentName` of the service, if it has one
   * @throws if there is no such environment or deployment, if it is not deployed by CodeDeploy, or if a
   * {@link DeploymentAccess} creates the group
   */
  public deploymentGroup(environmentName: string, deploymentName?: string): codedeploy.IEcsDeploymentGroup {
    return deploymentGroupIn(this, this._built, environmentName, deploymentName);
  }
}
