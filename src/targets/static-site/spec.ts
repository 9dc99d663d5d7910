import type { aws_cloudfront as cloudfront, aws_s3 as s3, aws_certificatemanager as acm } from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';

/** Publishes a static site. */
export interface StaticSiteSpec extends ActionSpec {
  readonly kind: 'static-site';
  readonly environment: string;
  readonly hosting: HostingSpec;
  readonly atomic: boolean;
  /** Regular expression for the paths of files that browsers may cache permanently. */
  readonly immutable: string;
  /** Parts of the files that the release adds to the site. */
  readonly files: readonly SitePart[];
}

/** Describes a part of a file of an environment. */
export interface SitePart {
  /** Path of the file in the site. */
  readonly path: string;
  /** Environment variable of the action that contains the part. */
  readonly variable: string;
  /** Content, in which line breaks and backslashes are escaped. */
  readonly text: string;
}

export type HostingSpec = ManagedHostingSpec | ExistingHostingSpec;

export interface ManagedHostingSpec {
  readonly kind: 'managed';
  readonly singlePage: boolean;
  readonly domainNames: readonly string[];
  readonly certificate?: acm.ICertificate;
  readonly responseHeadersPolicy?: cloudfront.IResponseHeadersPolicy;
  readonly webAclArn?: string;
  readonly accessLogs: boolean;
  /** Whether the user has enabled access logs explicitly. */
  readonly requiresAccessLogs: boolean;
}

export interface ExistingHostingSpec {
  readonly kind: 'existing';
  readonly bucket: s3.IBucket;
  readonly distribution: cloudfront.IDistribution;
  /** Key prefix that the distribution serves: empty, or ending with a slash. */
  readonly prefix: string;
}
