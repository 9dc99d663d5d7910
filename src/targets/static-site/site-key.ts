import { Annotations, CfnResource, Stack, Stage, Token, type aws_s3 as s3 } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { bucketResource } from './site-buckets';
import { areKnownToDiffer } from '../../pipeline/env';
import { referencesInTokens } from '../../render/references';

/**
 * Returns the ARN of the key of a bucket. If a bucket was imported without its key, the key of the
 * bucket in the app is used. If there is none, this adds a warning.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function siteKeyArn(scope: Construct, environment: string, bucket: s3.IBucket): string | undefined {
  if (bucket.encryptionKey) return bucket.encryptionKey.keyArn;
  const isImported = bucket.node.defaultChild === undefined;
  if (!isImported) return undefined;
  const resource = bucketResource(bucket);
  const key = resource && keyOf(resource);
  if (key === 'none') return undefined;
  if (key && isSameEnv(scope, key.owner)) return key.arn;
  Annotations.of(scope).addWarningV2(
    `cdk-pipeline-patterns:site-bucket-key[${environment}]`,
    `The bucket ${bucket.node.path} was imported without its key. If it is encrypted with a customer managed key, ` +
      'the release cannot write files: import it with Bucket.fromBucketAttributes(this, ' +
      "'SiteBucket', { bucketName, encryptionKey }). Otherwise, acknowledge this warning.",
  );
  return undefined;
}

interface SiteKey {
  readonly arn: string;
  readonly owner: IConstruct;
}

/** Returns the customer managed key of a bucket, `none` if it has none, or undefined if the key is unknown. */
function keyOf(resource: s3.CfnBucket): SiteKey | 'none' | undefined {
  const encryption: unknown = resource.bucketEncryption;
  if (encryption === undefined) return 'none';
  const text = JSON.stringify(Stack.of(resource).resolve(encryption)) ?? '';
  if (!/kmsMasterKeyId/i.test(text)) return 'none';
  const { serverSideEncryptionConfiguration: rules } = encryption as s3.CfnBucket.BucketEncryptionProperty;
  if (!Array.isArray(rules)) return undefined;
  const [rule] = rules as s3.CfnBucket.ServerSideEncryptionRuleProperty[];
  const { kmsMasterKeyId = '' } = (rule.serverSideEncryptionByDefault ??
    {}) as Partial<s3.CfnBucket.ServerSideEncryptionByDefaultProperty>;
  if (/^arn:[^:]+:kms:[^:]+:[^:]+:key\//.test(kmsMasterKeyId)) return { arn: kmsMasterKeyId, owner: resource };
  const target = referencesInTokens(resource, kmsMasterKeyId)
    .map((reference) => reference.target)
    .find(isKey);
  return target && { arn: Token.asString(target.getAtt('Arn')), owner: target };
}

function isKey(construct: IConstruct): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::KMS::Key';
}

/** Returns whether the stack of a construct can refer to another construct. */
function isSameEnv(scope: Construct, other: IConstruct): boolean {
  const [own, env] = [Stack.of(scope), Stack.of(other)];
  const differ = areKnownToDiffer(own.account, env.account) || areKnownToDiffer(own.region, env.region);
  return !differ && Stage.of(scope) === Stage.of(other);
}
