import type { aws_certificatemanager as acm, aws_cloudfront as cloudfront } from 'aws-cdk-lib';

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
   * @default - the name `….cloudfront.net` that CloudFront gives; for that name CloudFront accepts TLS 1.0 too, and
   * nothing can change it
   */
  readonly domain?: SiteDomain;

  /**
   * Headers that CloudFront adds to every answer.
   *
   * @default - the managed policy SecurityHeadersPolicy: HSTS, no sniffing, no framing by other sites, a strict
   * referrer policy. It has no Content-Security-Policy, because that depends on your code
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
