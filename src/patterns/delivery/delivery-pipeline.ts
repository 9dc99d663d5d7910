import type { Construct } from 'constructs';
import { planDelivery, type DeliveryPipelineProps } from './plan';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * A pipeline of stages and steps as you compose them, for a process that fits no recipe.
 *
 * It has the defaults and the checks of the recipes: V2, least privilege on named resources, builds with cache, reports
 * and logs, changes learned by events with the revision pinned, and every rule of the service an error at synthesis.
 *
 * The pipeline costs $0.002 for each started minute of an action (us-east-1) but nothing for approvals and custom
 * actions; at rest it costs nothing but the storage of artifacts and logs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
 *
 * @example
 * const build = BuildStep.nodeJs();
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [
 *     PipelineStage.steps('Build', [build, BuildStep.shell(['npm ci', 'npm run lint'], { stepName: 'Lint' })]),
 *     PipelineStage.steps('Accept', [TestStep.shell(['./accept.sh'], { inputs: [build.artifact] })]),
 *   ],
 * });
 */
export class DeliveryPipeline extends PipelinePattern {
  /** @internal */
  protected readonly _built: RenderedPipeline;

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, id);
    const plan = planOrFail(this, (env, problems) => planDelivery(props, env, problems));
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));
  }
}
