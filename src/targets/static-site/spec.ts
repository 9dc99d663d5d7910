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
}

export interface ExistingHostingSpec {
  readonly kind: 'existing';
  readonly bucket: s3.IBucket;
  readonly distribution: cloudfront.IDistribution;
  /** Key prefix that the distribution serves: empty, or ending with a slash. */
  readonly prefix: string;
}
