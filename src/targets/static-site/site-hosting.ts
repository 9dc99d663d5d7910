import type { aws_cloudfront as cloudfront, aws_s3 as s3, aws_iam as iam } from 'aws-cdk-lib';
import type { ExistingSiteHostingOptions, ManagedSiteHostingOptions } from './hosting-options';
import { ExistingHosting, type HostingPlanner, ManagedHosting } from './plan-hosting';
import type { HostingSpec } from './spec';
import type { Problems } from '../../pipeline/problems';

/**
 * Bucket and CloudFront distribution of a static site. Either the pattern creates both, or you provide both.
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
   * Creates a private bucket, and a distribution that has exclusive read access to it (origin access control).
   *
   * The bucket is encrypted and versioned, requires TLS, and is retained when the stack is deleted. The distribution
   * redirects to HTTPS and adds security headers.
   */
  public static managed(options: ManagedSiteHostingOptions = {}): SiteHosting {
    return new SiteHosting(new ManagedHosting(options));
  }

  /**
   * Uses a bucket and a distribution that you provide. Both are required: the bucket policy references the distribution
   * and the distribution references the bucket, so creating only one of them would make the stacks depend on each
   * other.
   *
   * The site is released in place. The pipeline writes below `originPath`, and stores lists of its releases below
   * `releases/`. It deletes only files that it has uploaded itself.
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

/** A static site that a pipeline deploys. */
export interface DeployedSite {
  /** Name of the environment. */
  readonly environmentName: string;

  /** Bucket with the files of the site. */
  readonly bucket: s3.IBucket;

  /** Distribution that serves the site. */
  readonly distribution: cloudfront.IDistribution;

  /** Role of the action that releases the site. */
  readonly actionRole: iam.IRole;
}
