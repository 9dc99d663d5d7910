import type { Construct } from 'constructs';
import { planDelivery, type DeliveryPipelineProps } from './plan';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail, validId } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * A pipeline that you compose of stages and steps, for a delivery process that no other pattern covers.
 *
 * It has the defaults and validations of the other patterns: pipeline type V2, least-privilege permissions, builds with
 * caches, reports and logs, and event-based triggers with pinned revisions. Violations of the rules of CodePipeline are
 * errors at synth time.
 *
 * The pipeline costs $0.002 for each started minute of an action (us-east-1). Approvals and custom actions are free.
 * Between executions, only the storage of artifacts and logs is charged.
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
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: DeliveryPipelineProps) {
    super(scope, validId('DeliveryPipeline', scope, id));
    const plan = planOrFail(this, DeliveryPipeline, (env, problems) => planDelivery(props, env, problems));
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));
  }
}
