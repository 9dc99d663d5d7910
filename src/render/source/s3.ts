import { aws_s3 as s3 } from 'aws-cdk-lib';
import type { S3SourcePlan } from '../../plan/source-plan';
import { allow, s3SourceStatements } from '../grants';
import type { ActionRenderer } from '../rendered';

/** A source in a bucket. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-S3-source-events.html */
export const renderS3Source: ActionRenderer<S3SourcePlan> = (_context, { bucket, objectKey }) => {
  // Buckets of the app can be told to speak; others must do so already.
  if (bucket instanceof s3.Bucket) bucket.enableEventBridgeNotification();
  return {
    configuration: { S3Bucket: bucket.bucketName },
    pipelineStatements: [
      ...s3SourceStatements(bucket, objectKey),
      ...bucket.encryptionKey ? [allow(['kms:Decrypt'], [bucket.encryptionKey.keyArn])] : [],
    ],
    change: {
      pattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [bucket.bucketName] }, object: { key: [objectKey] } } },
      revisionType: 'S3_OBJECT_VERSION_ID',
      revisionPath: '$.detail.object.version-id',
    },
  };
};
