import { Aws, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { renderAwsSource, seen } from '../render-aws-source';
import type { CrossAccountSource } from '../../render/cross-account-source';
import { literalName } from '../../render/names';
import type { S3SourcePlan } from '../source-specs';
import { allow, s3SourceStatements, type Statement } from '../../render/grants';
import type { ActionRenderer } from '../../render/rendered';
import type { ActionKind } from '../../render/action-kind';
import { validateSourceEnv } from '../validate-source-env';

/** A source in a bucket. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-S3-source-events.html */
export const renderS3Source: ActionRenderer<S3SourcePlan> = (context, { bucket, objectKey }, action) => {
  // Buckets of the app can be told to speak; others must do so already.
  if (bucket instanceof s3.Bucket) bucket.enableEventBridgeNotification();
  const away = context.sources.get(action.name);
  const { name, arn } = seen(
    context.scope,
    away,
    { name: bucket.bucketName, arn: bucket.bucketArn },
    (bucketName) => `arn:${Aws.PARTITION}:s3:::${bucketName}`,
  );
  return renderAwsSource(context, away, {
    configuration: { S3Bucket: name },
    statements: [...s3SourceStatements(arn, objectKey), ...decryptStatements(context.scope, bucket, away)],
    change: {
      pattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [name] }, object: { key: [objectKey] } },
      },
      revisionType: 'S3_OBJECT_VERSION_ID',
      revisionPath: '$.detail.object.version-id',
    },
  });
};

/** The key of the bucket, if CDK knows it. */
function decryptStatements(
  scope: Construct,
  { encryptionKey }: s3.IBucket,
  away: CrossAccountSource | undefined,
): Statement[] {
  if (!encryptionKey) return [];
  if (!away) return [allow(['kms:Decrypt'], [encryptionKey.keyArn])];
  const keyArn = literalName(scope, encryptionKey.keyArn);
  if (keyArn !== undefined) return [allow(['kms:Decrypt'], [keyArn])];
  const { account, region } = away.env;
  // A key that another stack makes has no ARN that could be known here: any of that account then, but only for objects that S3 lets the role read.
  return [
    allow(['kms:Decrypt'], [`arn:${Aws.PARTITION}:kms:${region}:${account}:key/*`], {
      StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
    }),
  ];
}

export const S3_SOURCE: ActionKind<S3SourcePlan> = {
  kind: 's3-source',
  render: renderS3Source,
  validate: validateSourceEnv,
};
