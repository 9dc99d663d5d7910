import { type aws_codebuild as codebuild, type aws_codepipeline as codepipeline, type aws_iam as iam, type aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkDelivery, planDelivery } from './plan';
import type { DeliveryPipelineProps } from './props';
import type { DeployedSite } from '../../deploy/deployed-site';
import { failIfAny } from '../../plan/problems';
import { generatedPipelineName } from '../../render/names';
import { renderPipeline } from '../../render/render-pipeline';
import type { RenderedPipeline } from '../../render/rendered';
import { buildIn, deploymentRoleIn, siteIn } from '../common/built';

/**
 * A pipeline of stages and steps as you compose them, for a process that fits no recipe.
 *
 * It has the defaults and the checks of the recipes: V2, least privilege on named resources, builds with cache, reports and logs, changes
 * learned by events with the revision pinned, and every rule of the service an error at synthesis.
 *
 * The pipeline costs $0.002 for each started minute of an action (us-east-1) but nothing for approvals and custom actions; at rest it
 * costs nothing but the storage of artifacts and logs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
 *
 * @example
 * const build = BuildStep.nodeJs();
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [
 *     PipelineStage.ofSteps('Build', [build, BuildStep.shell(['npm ci', 'npm run lint'], { stepName: 'Lint' })]),
 *     PipelineStage.ofSteps('Accept', [TestStep.shell(['./accept.sh'], { inputs: [build.artifact] })]),
 *   ],
 * });
 */
export class DeliveryPipeline extends Construct {
  /** The pipeline, for everything that this class has no prop for. Statements for its role go to {@link pipelineRole}. */
  public readonly pipeline: codepipeline.Pipeline;

  /** The service role of the pipeline. */
  public readonly pipelineRole: iam.Role;

  /** The bucket through which actions hand on their artifacts. It stays when the stack is deleted. */
  public readonly artifactBucket: s3.Bucket;

  private readonly built: RenderedPipeline;

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    failIfAny(this, checkDelivery(props, Stack.of(this)));
    this.built = renderPipeline(this, planDelivery(props), props.pipelineName ?? generatedPipelineName(this));

    this.pipeline = this.built.pipeline;
    this.pipelineRole = this.built.role;
    this.artifactBucket = this.built.artifactBucket;
  }

  /**
   * The CodeBuild project of a step.
   *
   * @param stepName name of the step; a test in an environment has that of the environment after it, e.g. `Test-staging`
   * @throws when no step of this name has a project of its own
   */
  public buildProject(stepName: string): codebuild.Project {
    return buildIn(this, this.built, stepName).project;
  }

  /**
   * The role that a step with a CodeBuild project runs under. Grant it what its commands need.
   *
   * @param stepName name of the step; a test in an environment has that of the environment after it, e.g. `Test-staging`
   * @throws when no step of this name has a project of its own
   */
  public buildRole(stepName: string): iam.Role {
    return buildIn(this, this.built, stepName).role;
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
   * The role with which CloudFormation works on the stack of an environment: yours, or one that may do nothing until you grant it what
   * the template needs.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or it has no stack
   */
  public deploymentRole(environmentName: string): iam.IRole {
    return deploymentRoleIn(this, this.built, environmentName);
  }
}
