import { Aws, aws_s3 as s3 } from 'aws-cdk-lib';
import type { S3SourceSpec } from './plan';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import type { ActionKind } from '../../render/action-kind';
import type { CrossAccountSource } from '../../render/environment-context';
import { type Statement, allow } from '../../render/grants';
import { literalName } from '../../render/names';
import type { RenderContext, RenderedAction } from '../../render/rendered';
import { referTo, renderResourceSource } from '../resource/render-resource-source';
import { validateSourceEnv } from '../resource/validate-source-env';

/**
 * Defines the action kind of S3 sources.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/create-S3-source-events.html
 */
export const S3_SOURCE: ActionKind<S3SourceSpec> = {
  kind: 's3-source',
  render: renderS3Source,
  validate: (scope, step, problems) => {
    const { bucketName: name } = step.spec.resource;
    validateSourceEnv(scope, step, { name, nameProp: 'bucketName' }, problems.at('bucket'));
  },
};

function renderS3Source(context: RenderContext, spec: S3SourceSpec, action: StepPlan): RenderedAction {
  const { resource: bucket, objectKey } = spec;
  // Event delivery can be enabled for buckets of the app. An imported bucket must already send its events.
  if (bucket instanceof s3.Bucket) bucket.enableEventBridgeNotification();
  const crossAccount = context.sources.get(action.name);
  const { name, arn } = referTo(
    context,
    crossAccount,
    { name: bucket.bucketName, arn: bucket.bucketArn },
    (_env, bucketName) => `arn:${Aws.PARTITION}:s3:::${bucketName}`,
  );
  return renderResourceSource(context, action, crossAccount, {
    configuration: { S3Bucket: name },
    statements: [...readObjectStatements(arn, objectKey), ...keyStatements(context, bucket, crossAccount)],
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
}

/** Allows the use of the key of the bucket, if that key is part of the app or imported. */
function keyStatements(
  { scope }: RenderContext,
  { encryptionKey }: s3.IBucket,
  crossAccount: CrossAccountSource | undefined,
): Statement[] {
  if (!encryptionKey) return [];
  if (!crossAccount) return decryptStatements(encryptionKey.keyArn);
  const keyArn = literalName(scope, encryptionKey.keyArn);
  if (keyArn !== undefined) return decryptStatements(keyArn);
  // The ARN of a key that another stack creates is unknown here.
  const { account, region } = crossAccount.env;
  return decryptThroughS3Statements(`arn:${Aws.PARTITION}:kms:${region}:${account}:key/*`, region);
}

/**
 * Allows CodePipeline to read an object.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-S3.html
 */
export function readObjectStatements(bucketArn: string, objectKey: string): Statement[] {
  return [
    allow(['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'], [bucketArn]),
    allow(
      ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'],
      [`${bucketArn}/${objectKey}`],
    ),
  ];
}

/** Allows the use of a key that encrypts the bucket. */
export function decryptStatements(keyArn: string): Statement[] {
  return [allow(['kms:Decrypt'], [keyArn])];
}

/** Allows the use of every key of an account and Region, but only through S3. */
export function decryptThroughS3Statements(keysArn: string, region: string): Statement[] {
  return [allow(['kms:Decrypt'], [keysArn], { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } })];
}
