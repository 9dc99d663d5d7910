import type { aws_cloudfront as cloudfront, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';

/** A static site as a pipeline deploys it. */
export interface DeployedSite {
  /** Name of the environment. */
  readonly environmentName: string;

  /** The bucket that releases are written to. */
  readonly bucket: s3.IBucket;

  /** The distribution that serves it. */
  readonly distribution: cloudfront.IDistribution;

  /** The role under which releases are made. */
  readonly deployRole: iam.IRole;
}
