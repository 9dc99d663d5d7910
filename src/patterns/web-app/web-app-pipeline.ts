import { type aws_codebuild as codebuild, type aws_codepipeline as codepipeline, type aws_iam as iam, type aws_s3 as s3, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkWebApp, planWebApp } from './plan';
import type { WebAppPipelineProps } from './props';
import type { DeployedSite } from '../../deploy/deployed-site';
import { fail, failIfAny, problem } from '../../plan/problems';
import { generatedPipelineName } from '../../render/names';
import { renderPipeline } from '../../render/render-pipeline';
import { sitesIn } from '../common/built';

/**
 * Delivers a web front end: git → build and tests → environments, each an S3 bucket behind CloudFront.
 *
 * What is built once goes through the environments in their order, with an approval before production when it is not the only one. A
 * release that fails goes back to the last one that succeeded. All permissions are least privilege on the resources of this pipeline.
 *
 * The pipeline costs $0.002 for each started minute of an action and $0.005 for each minute of a build (us-east-1); at rest it costs
 * nothing but the storage of artifacts and logs.
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
export class WebAppPipeline extends Construct {
  /** The pipeline, for everything that this class has no prop for. Statements for its role go to {@link pipelineRole}. */
  public readonly pipeline: codepipeline.Pipeline;

  /** The service role of the pipeline. */
  public readonly pipelineRole: iam.Role;

  /** The bucket through which actions hand on their artifacts. It stays when the stack is deleted. */
  public readonly artifactBucket: s3.Bucket;

  /**
   * The project that builds and tests.
   *
   * @default - none when the build step brings or needs no project of its own
   */
  public readonly buildProject?: codebuild.Project;

  /**
   * The role under which the build runs. Grant it what your build commands need.
   *
   * @default - none when there is no project
   */
  public readonly buildRole?: iam.Role;

  /** The sites, in the order of the environments. */
  public readonly sites: DeployedSite[];

  /**
   * @throws one error that lists every problem of the props, each with the value that was given and what to do
   */
  public constructor(scope: Construct, id: string, props: WebAppPipelineProps) {
    super(scope, id);
    failIfAny(this, checkWebApp(props, Stack.of(this)));
    const built = renderPipeline(this, planWebApp(props), props.pipelineName ?? generatedPipelineName(this));

    this.pipeline = built.pipeline;
    this.pipelineRole = built.role;
    this.artifactBucket = built.artifactBucket;
    const build = built.builds.find(({ stepName }) => stepName === (props.buildStep?.stepName ?? 'Build'));
    this.buildProject = build?.project;
    this.buildRole = build?.role;
    this.sites = sitesIn(built);
  }

  /**
   * The site of an environment.
   *
   * @param environmentName name of the environment, as it was given
   * @throws when there is no such environment
   */
  public site(environmentName: string): DeployedSite {
    const site = this.sites.find((one) => one.environmentName === environmentName);
    const names = this.sites.map((one) => `'${one.environmentName}'`).join(', ');
    return site ?? fail(this, [problem('environmentName', `be one of ${names}`, environmentName, 'use the name that the environment was given')]);
  }
}
