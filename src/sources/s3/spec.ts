import type { aws_s3 as s3 } from 'aws-cdk-lib';
import type { ResourceSourceSpec } from '../resource/resource-source';

/** Describes a source in a bucket. */
export interface S3SourceSpec extends ResourceSourceSpec {
  readonly kind: 's3-source';
  readonly resource: s3.IBucket;
  readonly objectKey: string;
}
