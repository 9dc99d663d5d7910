import { allow, type Statement } from '../../render/grants';

/** @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html */
export function readObjectStatements(bucketArn: string, objectKey: string): Statement[] {
  return [
    allow(['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], [bucketArn]),
    allow(
      ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      [`${bucketArn}/${objectKey}`],
    ),
  ];
}

/** Allows the use of the key that encrypts the bucket. */
export function decryptStatements(keyArn: string): Statement[] {
  return [allow(['kms:Decrypt'], [keyArn])];
}

/** Allows the use of any key of an account and Region, but only for objects that S3 lets the role read. */
export function decryptThroughS3Statements(keysArn: string, region: string): Statement[] {
  return [allow(['kms:Decrypt'], [keysArn], { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } })];
}
