import type { Construct } from 'constructs';
import { planMultiEnvPromotion, type MultiEnvPromotionPipelineProps } from './plan';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail, validId } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * A pipeline that builds once and promotes the same artifact through many environments, with any deploy target.
 *
 * Nothing is rebuilt for an environment. The differences between environments are options of their targets, such as the
 * parameters of a stack or a file of the artifact. By default, the last environment or wave is production and requires
 * a manual approval, unless it is the only one. An environment in which a step fails is rolled back to its last
 * successful release.
 *
 * The pipeline costs $0.002 for each started minute of an action (us-east-1). Approvals and alarm monitoring are free.
 * Between executions, only the storage of artifacts and logs is charged.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
 *
 * @example
 * const staging = DeployTarget.cloudFormationStack('orders-staging', {
 *   templateConfigurationPath: 'config/staging.json',
 * });
 * const berlin = DeployTarget.cloudFormationStack('orders-berlin', {
 *   templateConfigurationPath: 'config/berlin.json',
 * });
 * const paris = DeployTarget.cloudFormationStack('orders-paris', {
 *   templateConfigurationPath: 'config/paris.json',
 * });
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
 * const sqsAccess = iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSQSFullAccess');
 * delivery.cloudFormationRole('berlin').addManagedPolicy(sqsAccess);
 */
export class MultiEnvPromotionPipeline extends PipelinePattern {
  /** @internal */
  protected readonly _built: RenderedPipeline;

  /**
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: MultiEnvPromotionPipelineProps) {
    super(scope, validId('MultiEnvPromotionPipeline', scope, id));
    const plan = planOrFail(this, MultiEnvPromotionPipeline, (env, problems) =>
      planMultiEnvPromotion(props, env, problems),
    );
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));
    this._buildStepName = props.buildStep.stepName;
  }
}
