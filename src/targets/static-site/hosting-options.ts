import type { aws_certificatemanager as acm, aws_cloudfront as cloudfront } from 'aws-cdk-lib';

/** Response of a site to requests for a path without a file name. */
export enum SiteRouting {
  /** Serves `/index.html` for every path without a file name, for applications that route in the browser. */
  SINGLE_PAGE = 'SINGLE_PAGE',

  /** Serves `/about/index.html` for `/about` and `/about/`, and `/404.html` with status 404 for missing files. */
  PAGES = 'PAGES',
}

/** Domain names of a site, and their certificate. */
export interface SiteDomain {
  /** Domain names, e.g. `www.example.com`. Create the DNS records for the distribution yourself. */
  readonly names: string[];

  /** Certificate for all domain names, in Region us-east-1 as CloudFront requires. */
  readonly certificate: acm.ICertificate;
}

/** Options of {@link SiteHosting.managed}. */
export interface ManagedSiteHostingOptions {
  /**
   * Response to requests for a path without a file name.
   *
   * @default SiteRouting.SINGLE_PAGE
   */
  readonly routing?: SiteRouting;

  /**
   * Custom domain names. They require TLS 1.2 or later.
   *
   * @default - the domain name `….cloudfront.net` of the distribution, for which CloudFront always accepts TLS 1.0, too
   */
  readonly domain?: SiteDomain;

  /**
   * Policy with the headers that CloudFront adds to every response.
   *
   * @default - the managed policy SecurityHeadersPolicy: HSTS, no content type sniffing, no framing by other sites, a
   * strict referrer policy. It does not set a Content-Security-Policy, which depends on your code
   */
  readonly responseHeadersPolicy?: cloudfront.IResponseHeadersPolicy;

  /**
   * ARN of an AWS WAF web ACL with the scope `CLOUDFRONT`. A web ACL costs at least $5 per month.
   *
   * @default - no web ACL
   */
  readonly webAclArn?: string;

  /**
   * Whether to store access logs of CloudFront and of the bucket in a separate bucket, for 90 days. Their storage is
   * charged.
   *
   * @default true
   */
  readonly accessLogs?: boolean;
}

/** Options of {@link SiteHosting.existing}. */
export interface ExistingSiteHostingOptions {
  /**
   * Path in the bucket that the distribution serves, which is its origin path: `/site`.
   *
   * @default - the root of the bucket
   */
  readonly originPath?: string;
}
