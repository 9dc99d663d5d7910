import { allow } from './statement';

/** Where the artifacts of a region are, as the role sees it that is granted something. */
export interface ArtifactStore {
  readonly bucketArn: string;
  /** A key of our own; S3 needs no permission for the one that AWS manages. */
  readonly encryptionKey?: { readonly keyArn: string };
  /** What narrows a statement down where a resource cannot be named. */
  readonly onlyBucket?: unknown;
  readonly onlyKey?: unknown;
  arnForObjects(pattern: string): string;
}

/** What may be done with a store: with the bucket, with what is in it, and with its key. */
export const STORE_CALLS = {
  bucket: ['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'],
  read: ['s3:GetObject', 's3:GetObjectVersion'],
  write: ['s3:PutObject', 's3:PutObjectAcl'],
  /** By a role of another account. Sources in CodeCommit fail without them, and which is called is not published: https://github.com/aws/aws-cdk/pull/14260 */
  writeElsewhere: ['s3:PutObject', 's3:PutObjectAcl', 's3:PutObjectVersionAcl'],
  readKey: ['kms:Decrypt', 'kms:DescribeKey'],
  writeKey: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
} as const;

const keyStatements = ({ encryptionKey, onlyKey }: ArtifactStore, calls: readonly string[]) =>
  encryptionKey ? [allow(calls, [encryptionKey.keyArn], onlyKey)] : [];

/**
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html
 */
export const artifactStoreStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
  allow([...STORE_CALLS.read, ...STORE_CALLS.write], [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.writeKey),
];

/** For the role of a source in another account, which makes artifacts. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-create-cross-account.html */
export const foreignSourceStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
  allow([...STORE_CALLS.read, ...STORE_CALLS.writeElsewhere], [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.writeKey),
];

/** For the role of an action that takes artifacts and makes none. */
export const artifactReadStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.bucket, [store.bucketArn], store.onlyBucket),
  allow(STORE_CALLS.read, [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.readKey),
];

/** In addition, for the role of an action that makes some. */
export const artifactWriteStatements = (store: ArtifactStore) => [
  allow(STORE_CALLS.write, [store.arnForObjects('*')], store.onlyBucket),
  ...keyStatements(store, STORE_CALLS.writeKey),
];

/** @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-service-role.html */
export const buildArtifactStatements = (
  bucket: ArtifactStore,
  { writes, cache }: { writes: boolean; cache?: string },
) => [
  ...keyStatements(bucket, writes || cache !== undefined ? STORE_CALLS.writeKey : STORE_CALLS.readKey),
  ...(writes || cache !== undefined ? [allow(['s3:GetBucketAcl', 's3:GetBucketLocation'], [bucket.bucketArn])] : []),
  allow(['s3:GetObject', 's3:GetObjectVersion', ...(writes ? ['s3:PutObject'] : [])], [bucket.arnForObjects('*')]),
  ...(cache !== undefined && !writes ? [allow(['s3:PutObject'], [bucket.arnForObjects(`${cache}/*`)])] : []),
];
