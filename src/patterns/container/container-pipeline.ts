import type { Construct } from 'constructs';
import { planContainer, repositoriesOf, type ContainerPipelineProps } from './plan';
import { failIfAny } from '../../pipeline/problems';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import { checkRepositoryPlace } from '../common/check-repository';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail, validId } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * A pipeline that builds container images, scans them, and deploys them to environments on Amazon ECS, Amazon EKS or
 * Lambda.
 *
 * Each image is built once and deployed to the environments by its digest, in their order. By default, the last
 * environment is production and requires a manual approval, unless it is the only one. An environment in which a step
 * fails is rolled back to its last successful release. All permissions are restricted to the resources of the pipeline.
 *
 * The pipeline costs $0.002 for each started minute of an action and $0.005 for each minute of a build (us-east-1).
 * Between executions, only the storage of images, artifacts and logs is charged.
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
export class ContainerPipeline extends PipelinePattern {
  /** @internal */
  protected readonly _built: RenderedPipeline;

  /**
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: ContainerPipelineProps) {
    super(scope, validId('ContainerPipeline', scope, id));
    const plan = planOrFail(this, ContainerPipeline, (env, problems) => planContainer(props, env, problems));
    failIfAny(
      this,
      repositoriesOf(props).flatMap(({ prop, repository }) => checkRepositoryPlace(prop, this, repository)),
    );
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));
    if (!props.additionalImages?.length) this._buildStepName = props.image.stepName;
  }
}
