import type { aws_cloudfront as cloudfront, aws_s3 as s3, aws_certificatemanager as acm } from 'aws-cdk-lib';

export interface StaticSitePlan {
  readonly kind: 'static-site';
  readonly environment: string;
  readonly hosting: HostingPlan;
  readonly atomic: boolean;
  /** The patterns that the user gave, to be checked. */
  readonly immutablePaths: readonly string[];
  /** Regular expression over the paths of files that browsers may keep for good. */
  readonly immutable: string;
}

export type HostingPlan = ManagedHostingPlan | ExistingHostingPlan;

export interface ManagedHostingPlan {
  readonly kind: 'managed';
  readonly singlePage: boolean;
  readonly domainNames: readonly string[];
  readonly certificate?: acm.ICertificate;
  readonly responseHeadersPolicy?: cloudfront.IResponseHeadersPolicy;
  readonly webAclArn?: string;
  readonly accessLogs: boolean;
}

export interface ExistingHostingPlan {
  readonly kind: 'existing';
  readonly bucket: s3.IBucket;
  readonly distribution: cloudfront.IDistribution;
  /** Key prefix that the distribution serves: empty, or ending in a slash. */
  readonly prefix: string;
}
