import type { aws_certificatemanager as acm, aws_cloudfront as cloudfront, aws_s3 as s3 } from 'aws-cdk-lib';
import type { HostingPlan } from './static-site-spec';

/** What a site answers to an address that names no file. */
export enum SiteRouting {
  /** Every address without a file name is answered by `/index.html`: the application routes in the browser. */
  SINGLE_PAGE = 'SINGLE_PAGE',

  /** `/about` and `/about/` are answered by `/about/index.html`; what does not exist by `/404.html` with status 404. */
  PAGES = 'PAGES',
}

/** Names of a site, and the certificate that proves them. */
export interface SiteDomain {
  /** The names, e.g. `www.example.com`. Point their DNS records at the distribution yourself. */
  readonly names: string[];

  /** A certificate for all of the names, in region us-east-1: CloudFront takes no other. */
  readonly certificate: acm.ICertificate;
}

/** Options of {@link SiteHosting.managed}. */
export interface ManagedSiteHostingOptions {
  /**
   * What the site answers to an address that names no file.
   *
   * @default SiteRouting.SINGLE_PAGE
   */
  readonly routing?: SiteRouting;

  /**
   * Names of your own. With them browsers need TLS 1.2 or newer.
   *
   * @default - the name `….cloudfront.net` that CloudFront gives; for that name CloudFront accepts TLS 1.0 too, and nothing can change it
   */
  readonly domain?: SiteDomain;

  /**
   * Headers that CloudFront adds to every answer.
   *
   * @default - the managed policy SecurityHeadersPolicy: HSTS, no sniffing, no framing by other sites, a strict referrer policy. It has no
   * Content-Security-Policy, because that depends on your code
   */
  readonly responseHeadersPolicy?: cloudfront.IResponseHeadersPolicy;

  /**
   * ARN of a web ACL of AWS WAF, of scope CLOUDFRONT. It costs from $5 a month.
   *
   * @default - none
   */
  readonly webAclArn?: string;

  /**
   * Keep access logs of CloudFront and of the bucket for 90 days, in a bucket of their own. You pay for their storage.
   *
   * @default true
   */
  readonly accessLogs?: boolean;
}

/** Options of {@link SiteHosting.existing}. */
export interface ExistingSiteHostingOptions {
  /**
   * The path in the bucket that the distribution serves, as its origin path: `/site`.
   *
   * @default - the top of the bucket
   */
  readonly originPath?: string;
}

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
   * The bucket is encrypted, versioned, open to TLS only, and stays when the stack is deleted. The distribution redirects to HTTPS and
   * adds security headers.
   */
  public static managed(options: ManagedSiteHostingOptions = {}): SiteHosting {
    return new SiteHosting({
      kind: 'managed',
      singlePage: (options.routing ?? SiteRouting.SINGLE_PAGE) === SiteRouting.SINGLE_PAGE,
      domainNames: options.domain?.names ?? [],
      certificate: options.domain?.certificate,
      responseHeadersPolicy: options.responseHeadersPolicy,
      webAclArn: options.webAclArn,
      accessLogs: options.accessLogs ?? true,
    });
  }

  /**
   * A bucket and a distribution that exist or that you make. Always both: the policy of the bucket names the distribution and the
   * distribution names the bucket, so the two belong in one stack, and a pipeline that made one of them for the other would close a
   * cycle between stacks.
   *
   * The site is released in place. The pipeline writes below `originPath`, and keeps lists of its releases below `releases/`. It deletes
   * only files that it brought itself.
   */
  public static existing(
    bucket: s3.IBucket,
    distribution: cloudfront.IDistribution,
    options: ExistingSiteHostingOptions = {},
  ): SiteHosting {
    const path = options.originPath?.replace(/^\//, '').replace(/\/$/, '') ?? '';
    return new SiteHosting({ kind: 'existing', bucket, distribution, prefix: path === '' ? '' : `${path}/` });
  }

  private constructor(private readonly plan: HostingPlan) {}

  /** @internal */
  public _plan(): HostingPlan {
    return this.plan;
  }
}
