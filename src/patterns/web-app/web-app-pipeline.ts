import type { Construct } from 'constructs';
import { planWebApp, type WebAppPipelineProps } from './plan';
import { generatedPipelineName } from '../../render/names';
import type { RenderedPipeline } from '../../render/rendered';
import type { DeployedSite } from '../../targets/static-site/site-hosting';
import { sitesIn } from '../common/lookups';
import { PipelinePattern } from '../common/pipeline-pattern';
import { planOrFail } from '../common/plan-or-fail';
import { renderPipeline } from '../common/render-pipeline';

/**
 * Delivers a web front end: git → build and tests → environments, each an S3 bucket behind CloudFront.
 *
 * What is built once goes through the environments in their order, with an approval before production when it is not
 * the only one. A release that fails goes back to the last one that succeeded. All permissions are least privilege on
 * the resources of this pipeline.
 *
 * The pipeline costs $0.002 for each started minute of an action and $0.005 for each minute of a build (us-east-1); at
 * rest it costs nothing but the storage of artifacts and logs.
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

  /** The sites, in the order of the environments. */
  public readonly sites: DeployedSite[];

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: WebAppPipelineProps) {
    super(scope, id);
    const plan = planOrFail(this, (env, problems) => planWebApp(props, env, problems));
    this._built = renderPipeline(this, plan, props.pipelineName ?? generatedPipelineName(this));

    this._buildStepName = props.buildStep?.stepName ?? 'Build';
    this.sites = sitesIn(this._built);
  }
}
