import { SITE_LAYOUT } from '../../aws/site-defaults';
import { allow, arnOf, type Statement } from '../../render/grants';
import type { RenderedSite } from '../../render/rendered';

/** Returns what the release script calls, and nothing else. */
export function siteStatements({ bucket, distribution, prefix, releaseStore }: RenderedSite): Statement[] {
  const { state } = SITE_LAYOUT;
  const content = [bucket.arnForObjects(`${prefix}*`), bucket.arnForObjects(`${state}*`)];
  const statements = [
    allow(['s3:ListBucket'], [bucket.bucketArn], { StringEquals: { 's3:prefix': state } }),
    allow(['s3:PutObject', 's3:DeleteObject'], content),
    allow(['s3:GetObject'], [bucket.arnForObjects(`${state}*`)]),
  ];
  if (bucket.encryptionKey) {
    statements.push(allow(['kms:Decrypt', 'kms:GenerateDataKey'], [bucket.encryptionKey.keyArn]));
  }
  if (releaseStore) {
    const calls = ['cloudfront-keyvaluestore:DescribeKeyValueStore', 'cloudfront-keyvaluestore:PutKey'];
    statements.push(allow(calls, [releaseStore.keyValueStoreArn]));
  } else {
    const distributionArn = arnOf('cloudfront', `distribution/${distribution.distributionId}`, '');
    statements.push(allow(['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'], [distributionArn]));
  }
  return statements;
}
