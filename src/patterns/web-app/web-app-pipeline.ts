import type { Construct } from 'constructs';
import { planWebApp, type WebAppPipelineProps } from './plan';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import { sitesIn } from '../common/lookups';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail, validId } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * A pipeline that builds a web front end and deploys it to environments, each an S3 bucket behind CloudFront.
 *
 * The artifact is built once and deployed to the environments in their order. By default, the last environment is
 * production and requires a manual approval, unless it is the only one. An environment in which a step fails is rolled
 * back to its last successful release. All permissions are restricted to the resources of the pipeline.
 *
 * The pipeline costs $0.002 for each started minute of an action and $0.005 for each minute of a build (us-east-1).
 * Between executions, only the storage of artifacts and logs is charged.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('staging'),
 *     new DeploymentEnvironment('production'),
 *   ],
 * });
 */
export class WebAppPipeline extends PipelinePattern {
  /** @internal */
  protected readonly _built: RenderedPipeline;

  /** Sites in the order of the environments. */
  public readonly sites: DeployedSite[];

  /**
   * @throws if props are invalid. The error lists all problems, each with the invalid value and a fix
   */
  public constructor(scope: Construct, id: string, props: WebAppPipelineProps) {
    super(scope, validId('WebAppPipeline', scope, id));
    const plan = planOrFail(this, WebAppPipeline, (env, problems) => planWebApp(props, env, problems));
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));

    this._buildStepName = props.buildStep?.stepName ?? 'Build';
    this.sites = sitesIn(this._built);
  }
}
