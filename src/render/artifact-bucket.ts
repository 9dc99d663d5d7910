import { aws_iam as iam, aws_kms as kms, aws_s3 as s3, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { STORE_CALLS } from './grants';
import { RETENTION_DAYS } from '../aws/retention';

/** Where builds keep what they would otherwise download again, in the bucket of the artifacts. */
export const CACHE_PREFIX = 'cache/';

/** A role of another account that reads artifacts of a region, and perhaps makes some. */
export interface CrossAccountRole {
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  readonly writes: boolean;
}

export interface ArtifactBucketRequest {
  readonly artifactDays: number;
  /** In a stack that the pipeline cannot refer to. */
  readonly bucketName?: string;
  /** Of another account; nobody, where the pipeline has one account. */
  readonly crossAccountRoles: readonly CrossAccountRole[];
  /** Does any account but that of the pipeline read artifacts, in whichever region? */
  readonly crossAccount: boolean;
}

/**
 * The bucket through which the actions of a region hand on their artifacts. It stays when the stack is deleted, and so
 * does its key.
 */
export function renderArtifactBucket(
  scope: Construct,
  { artifactDays, bucketName, crossAccountRoles, crossAccount }: ArtifactBucketRequest,
): s3.Bucket {
  // The key that AWS manages costs nothing and serves one account.
  const encryptionKey = crossAccount ? renderArtifactKey(scope, crossAccountRoles) : undefined;
  const bucket = new s3.Bucket(scope, 'ArtifactBucket', {
    bucketName,
    encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.KMS_MANAGED,
    encryptionKey,
    bucketKeyEnabled: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        id: 'artifacts',
        expiration: Duration.days(artifactDays),
        noncurrentVersionExpiration: Duration.days(RETENTION_DAYS.cache),
        abortIncompleteMultipartUploadAfter: Duration.days(RETENTION_DAYS.incompleteUploads),
      },
      { id: 'cache', prefix: CACHE_PREFIX, expiration: Duration.days(RETENTION_DAYS.cache) },
    ],
  });
  for (const role of crossAccountRoles) {
    bucket.addToResourcePolicy(letIn(role, STORE_CALLS.bucket, bucket.bucketArn));
    bucket.addToResourcePolicy(
      letIn(role, [...STORE_CALLS.read, ...(role.writes ? STORE_CALLS.writeElsewhere : [])], bucket.arnForObjects('*')),
    );
  }
  return bucket;
}

/** What was encrypted with a key is lost without it. */
function renderArtifactKey(scope: Construct, crossAccountRoles: readonly CrossAccountRole[]): kms.Key {
  const key = new kms.Key(scope, 'ArtifactKey', {
    description: `Artifacts of ${scope.node.path} in ${Stack.of(scope).region}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const role of crossAccountRoles) {
    key.addToResourcePolicy(letIn(role, role.writes ? STORE_CALLS.writeKey : STORE_CALLS.readKey, '*'));
  }
  return key;
}

/** The account, narrowed to one role, which need not exist yet. */
function letIn({ account, roleArn }: CrossAccountRole, actions: readonly string[], resource: string) {
  return new iam.PolicyStatement({
    principals: [new iam.AccountPrincipal(account)],
    actions: [...actions],
    resources: [resource],
    conditions: { ArnEquals: { 'aws:PrincipalArn': roleArn } },
  });
}
