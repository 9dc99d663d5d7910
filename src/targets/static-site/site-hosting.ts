import type { aws_cloudfront as cloudfront, aws_s3 as s3, aws_iam as iam } from 'aws-cdk-lib';
import type { ExistingSiteHostingOptions, ManagedSiteHostingOptions } from './hosting-options';
import { ExistingHosting, type HostingPlanner, ManagedHosting } from './plan-hosting';
import type { HostingSpec } from './spec';
import type { Problems } from '../../pipeline/problems';

/**
 * The bucket of a static site and the CloudFront distribution before it. Both come from the pattern, or both from you.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   environments: [
 *     new DeploymentEnvironment('production', {
 *       target: DeployTarget.staticSite({
 *         hosting: SiteHosting.managed({ routing: SiteRouting.PAGES }),
 *       }),
 *     }),
 *   ],
 * });
 */
export class SiteHosting {
  /**
   * A private bucket and a distribution that alone may read it (origin access control), made with the pipeline.
   *
   * The bucket is encrypted, versioned, open to TLS only, and stays when the stack is deleted. The distribution
   * redirects to HTTPS and adds security headers.
   */
  public static managed(options: ManagedSiteHostingOptions = {}): SiteHosting {
    return new SiteHosting(new ManagedHosting(options));
  }

  /**
   * A bucket and a distribution that exist or that you make. Always both: the policy of the bucket names the
   * distribution and the distribution names the bucket, so the two belong in one stack, and a pipeline that made one of
   * them for the other would close a cycle between stacks.
   *
   * The site is released in place. The pipeline writes below `originPath`, and keeps lists of its releases below
   * `releases/`. It deletes only files that it brought itself.
   */
  public static existing(
    bucket: s3.IBucket,
    distribution: cloudfront.IDistribution,
    options: ExistingSiteHostingOptions = {},
  ): SiteHosting {
    return new SiteHosting(new ExistingHosting(bucket, distribution, options));
  }

  private constructor(private readonly planner: HostingPlanner) {}

  /** @internal */
  public _plan(problems: Problems): HostingSpec | undefined {
    return this.planner.plan(problems);
  }
}

/** A static site as a pipeline deploys it. */
export interface DeployedSite {
  /** Name of the environment. */
  readonly environmentName: string;

  /** The bucket that releases are written to. */
  readonly bucket: s3.IBucket;

  /** The distribution that serves it. */
  readonly distribution: cloudfront.IDistribution;

  /** The role under which releases are made. */
  readonly actionRole: iam.IRole;
}
