import type { Construct } from 'constructs';
import { planMultiEnvPromotion, type MultiEnvPromotionPipelineProps } from './plan';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * Takes one build through many environments, of any target: source → build once → environments and waves of them, one
 * after the other.
 *
 * Nothing is built again on the way: what differs between environments is said by their targets, such as parameters of
 * a stack or a file of the artifact. Unless something else is said, the last environment or wave is production and,
 * when it is not the only one, waits for people; production that nobody shall approve says `Approval.none()`. A lone
 * environment has no approval. What fails goes back to its last success.
 *
 * The pipeline costs $0.002 for each started minute of an action (us-east-1) but nothing for approvals and while alarms
 * are watched; at rest it costs nothing but the storage of artifacts and logs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
 *
 * @example
 * const staging = DeployTarget.cloudFormationStack('orders-staging', { templateConfigurationPath: 'config/staging.json' });
 * const berlin = DeployTarget.cloudFormationStack('orders-berlin', { templateConfigurationPath: 'config/berlin.json' });
 * const paris = DeployTarget.cloudFormationStack('orders-paris', { templateConfigurationPath: 'config/paris.json' });
 * const delivery = new MultiEnvPromotionPipeline(this, 'Orders', {
 *   source: PipelineSource.gitHub('acme/orders', 'main'),
 *   buildStep: BuildStep.shell(['make test', 'make'], { outputDirectory: 'out' }),
 *   environments: [
 *     new DeploymentEnvironment('staging', { target: staging }),
 *     new DeploymentWave('production', [
 *       new DeploymentEnvironment('berlin', { target: berlin }),
 *       new DeploymentEnvironment('paris', { target: paris }),
 *     ]),
 *   ],
 * });
 * delivery.cloudFormationRole('berlin').addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSQSFullAccess'));
 */
export class MultiEnvPromotionPipeline extends PipelinePattern {
  /** @internal */
  protected readonly _built: RenderedPipeline;

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: MultiEnvPromotionPipelineProps) {
    super(scope, id);
    const plan = planOrFail(this, (env, problems) => planMultiEnvPromotion(props, env, problems));
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));
    this._buildStepName = props.buildStep.stepName;
  }
}
