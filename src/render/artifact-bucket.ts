import { aws_iam as iam, aws_kms as kms, aws_s3 as s3, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { keyCalls, oneOrMany, STORE_CALLS } from './grants';
import { RETENTION_DAYS } from '../aws/retention';

/** Key prefix of the caches of builds in the artifact bucket. */
export const CACHE_PREFIX = 'cache/';

/** Describes a role of another account that accesses artifacts in a Region. */
export interface CrossAccountRole {
  readonly account: string;
  readonly region: string;
  readonly roleArn: string;
  /** Whether the role writes artifacts, in addition to reading them. */
  readonly writes: boolean;
  /** Further actions on the bucket and its objects. */
  readonly moreCalls?: readonly string[];
}

/** Describes an artifact bucket. */
export interface ArtifactBucketRequest {
  readonly artifactDays: number;
  /** Explicit name, for a bucket in another Region than the pipeline. */
  readonly bucketName?: string;
  /** Roles of other accounts that access the bucket. */
  readonly crossAccountRoles: readonly CrossAccountRole[];
  /** Whether other accounts access artifacts of the pipeline, in this or in another Region. */
  readonly crossAccount: boolean;
}

/** Renders the artifact bucket of a Region. The bucket and its key are retained when the stack is deleted. */
export function renderArtifactBucket(
  scope: Construct,
  { artifactDays, bucketName, crossAccountRoles, crossAccount }: ArtifactBucketRequest,
): s3.Bucket {
  const bucket = new s3.Bucket(scope, 'ArtifactBucket', {
    bucketName,
    ...encryptionProps(scope, crossAccount, crossAccountRoles),
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
  const resources = [bucket.bucketArn, bucket.arnForObjects('*')];
  for (const { roles, calls } of groupByCalls(crossAccountRoles, bucketCallsOf)) {
    bucket.addToResourcePolicy(allowRoles(roles, calls, resources));
  }
  return bucket;
}

/** Returns the encryption of the bucket. The AWS managed key is free, but cannot be used by other accounts. */
function encryptionProps(
  scope: Construct,
  crossAccount: boolean,
  crossAccountRoles: readonly CrossAccountRole[],
): Pick<s3.BucketProps, 'encryption' | 'encryptionKey'> {
  if (!crossAccount) return { encryption: s3.BucketEncryption.KMS_MANAGED };
  return { encryption: s3.BucketEncryption.KMS, encryptionKey: renderArtifactKey(scope, crossAccountRoles) };
}

/** Renders the key of the artifacts. It is retained, because objects cannot be decrypted without it. */
function renderArtifactKey(scope: Construct, crossAccountRoles: readonly CrossAccountRole[]): kms.Key {
  const key = new kms.Key(scope, 'ArtifactKey', {
    description: `Artifacts of ${scope.node.path} in ${Stack.of(scope).region}`,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const { roles, calls } of groupByCalls(crossAccountRoles, keyCallsOf)) {
    key.addToResourcePolicy(allowRoles(roles, calls, ['*']));
  }
  return key;
}

/** Returns the actions of a role on the bucket. */
export function bucketCallsOf({ writes, moreCalls = [] }: CrossAccountRole): readonly string[] {
  return [...STORE_CALLS.bucket, ...STORE_CALLS.read, ...(writes ? STORE_CALLS.crossAccountWrite : []), ...moreCalls];
}

/** Returns the actions of a role on the key. */
export function keyCallsOf({ writes }: CrossAccountRole): readonly string[] {
  return keyCalls(writes);
}

interface RoleGroup {
  readonly roles: readonly CrossAccountRole[];
  readonly calls: readonly string[];
}

/** Groups roles that perform the same actions. */
export function groupByCalls(
  roles: readonly CrossAccountRole[],
  callsOf: (role: CrossAccountRole) => readonly string[],
): RoleGroup[] {
  const groups = new Map<string, RoleGroup>();
  for (const role of roles) {
    const calls = callsOf(role);
    const key = calls.join();
    groups.set(key, { calls, roles: [...(groups.get(key)?.roles ?? []), role] });
  }
  return [...groups.values()];
}

/**
 * Allows roles, which need not exist yet: the principals are their accounts, with a condition on the roles. All roles
 * share a statement, because the size of the policies is limited.
 *
 * @param roleArns ARNs of the roles, to which others may be added before synthesis
 */
export function allowRoles(
  roles: readonly CrossAccountRole[],
  actions: readonly string[],
  resources: readonly string[],
  roleArns: readonly string[] = roles.map(({ roleArn }) => roleArn),
) {
  const accounts = [...new Set(roles.map(({ account }) => account))];
  return new iam.PolicyStatement({
    principals: accounts.map((account) => new iam.AccountPrincipal(account)),
    actions: [...actions],
    resources: [...resources],
    conditions: { ArnEquals: { 'aws:PrincipalArn': Lazy.any({ produce: () => oneOrMany(roleArns) }) } },
  });
}
