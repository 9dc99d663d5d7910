import { aws_s3 as s3, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RETENTION_DAYS } from '../facts/retention';
import type { PipelinePlan } from '../plan/pipeline-plan';

/** Where builds keep what they would otherwise download again, in the bucket of the artifacts. */
export const CACHE_PREFIX = 'cache/';

/** The bucket through which the actions hand on their artifacts. It stays when the stack is deleted. */
export function renderArtifactBucket(scope: Construct, plan: PipelinePlan): s3.Bucket {
  return new s3.Bucket(scope, 'ArtifactBucket', {
    // The key that AWS manages costs nothing and serves one account; another account would need a key of ours.
    encryption: s3.BucketEncryption.KMS_MANAGED,
    bucketKeyEnabled: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'artifacts',
        expiration: Duration.days(plan.artifactDays),
        noncurrentVersionExpiration: Duration.days(RETENTION_DAYS.cache),
        abortIncompleteMultipartUploadAfter: Duration.days(RETENTION_DAYS.incompleteUploads),
      },
      { id: 'cache', prefix: CACHE_PREFIX, expiration: Duration.days(RETENTION_DAYS.cache) },
    ],
  });
}
