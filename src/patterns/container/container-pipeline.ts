import {
  type aws_codebuild as codebuild, type aws_codedeploy as codedeploy, type aws_codepipeline as codepipeline, type aws_iam as iam, type aws_s3 as s3,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkContainer, planContainer, repositoriesOf } from './plan';
import type { ContainerPipelineProps } from './props';
import { failIfAny } from '../../plan/problems';
import { checkRepositoryPlace } from '../../render/check-repository';
import { generatedPipelineName } from '../../render/names';
import { renderPipeline } from '../../render/render-pipeline';
import type { RenderedPipeline } from '../../render/rendered';
import { buildIn, deploymentGroupIn, deployRoleIn } from '../common/built';

/**
 * Delivers containers: git → images in ECR, scanned → environments on Amazon ECS, Amazon EKS or Lambda.
 *
 * Each image is built once and goes through the environments by its digest, in their order, with an approval before production when it is not the
 * only one. A release that fails goes back to the last one that succeeded. All permissions are least privilege on the resources of this pipeline.
 *
 * The pipeline costs $0.002 for each started minute of an action and $0.005 for each minute of a build (us-east-1); at rest it costs nothing but the
 * storage of images, artifacts and logs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
 *
 * @example
 * declare const repository: ecr.Repository;
 * declare const staging: ecs.FargateService;
 * declare const production: ecs.FargateService;
 * new ContainerPipeline(this, 'Api', {
 *   source: PipelineSource.gitHub('acme/api', 'main'),
 *   image: BuildStep.dockerImage(repository),
 *   environments: [
 *     new DeploymentEnvironment('staging', { target: DeployTarget.ecsService(staging) }),
 *     new DeploymentEnvironment('production', { target: DeployTarget.ecsService(production) }),
 *   ],
 * });
 */
export class ContainerPipeline extends Construct {
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
  public constructor(scope: Construct, id: string, props: ContainerPipelineProps) {
    super(scope, id);
    failIfAny(this, checkContainer(props, Stack.of(this)));
    failIfAny(this, repositoriesOf(props).flatMap(({ prop, repository }) => checkRepositoryPlace(prop, this, repository)));
    this.built = renderPipeline(this, planContainer(props), props.pipelineName ?? generatedPipelineName(this));

    this.pipeline = this.built.pipeline;
    this.pipelineRole = this.built.role;
    this.artifactBucket = this.built.artifactBucket;
  }

  /**
   * The project of a step, such as the one that builds the image (`Image`).
   *
   * @param stepName name of the step
   * @throws when there is no such step, or it has no project of its own
   */
  public buildProject(stepName: string): codebuild.Project {
    return buildIn(this, this.built, stepName).project;
  }

  /**
   * The role under which a step runs. Grant it what its commands need.
   *
   * @param stepName name of the step
   * @throws when there is no such step, or it has no project of its own
   */
  public buildRole(stepName: string): iam.Role {
    return buildIn(this, this.built, stepName).role;
  }

  /**
   * The role under which releases are deployed to an environment, be it in a wave or not.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment, or its role is made by a {@link DeploymentAccess}
   */
  public deployRole(environmentName: string): iam.Role {
    return deployRoleIn(this, this.built, environmentName);
  }

  /**
   * The deployment group by which CodeDeploy moves the traffic of a service, for alarms and notifications of your own.
   *
   * @param environmentName name of the environment, as it was given
   * @param deploymentName the `deploymentName` of the service, where it has one
   * @throws when there is no such environment or deployment, when CodeDeploy does not deploy to it, or when a {@link DeploymentAccess} made the group
   */
  public deploymentGroup(environmentName: string, deploymentName?: string): codedeploy.IEcsDeploymentGroup {
    return deploymentGroupIn(this, this.built, environmentName, deploymentName);
  }
}
