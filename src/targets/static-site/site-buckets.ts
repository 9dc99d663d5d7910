import { CfnResource, Stack, Token, type aws_s3 as s3 } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { referencesInTokens } from '../../render/references';

/** Returns a text that is the same for all constructs of one bucket, as far as the app shows. */
export function bucketIdentity(bucket: s3.IBucket): string {
  const { bucketName } = bucket;
  if (!Token.isUnresolved(bucketName)) return bucketName;
  const resource = referencedBucket(bucket);
  if (resource) return explicitName(resource) ?? resource.node.path;
  return JSON.stringify([Stack.of(bucket).node.path, Stack.of(bucket).resolve(bucketName)]);
}

/** Returns the bucket of the app that a bucket was imported from, or is. */
export function bucketResource(bucket: s3.IBucket): s3.CfnBucket | undefined {
  const { bucketName, node } = bucket;
  if (Token.isUnresolved(bucketName)) return referencedBucket(bucket);
  return node.root.node
    .findAll()
    .find((construct): construct is s3.CfnBucket => isBucket(construct) && explicitName(construct) === bucketName);
}

function referencedBucket(bucket: s3.IBucket): s3.CfnBucket | undefined {
  return referencesInTokens(bucket, bucket.bucketName)
    .map(({ target }) => target)
    .find(isBucket);
}

function isBucket(construct: IConstruct): construct is s3.CfnBucket {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::S3::Bucket';
}

function explicitName({ bucketName }: s3.CfnBucket): string | undefined {
  return Token.isUnresolved(bucketName) ? undefined : bucketName;
}

/** Describes the files of a site in a bucket. */
interface SiteLocation {
  readonly bucket: string;
  readonly prefix: string;
  /** Property and construct that the site belongs to. */
  readonly owner: string;
}

/** Locations of the sites of each app. */
const locations = new WeakMap<IConstruct, SiteLocation[]>();

/** Records the location of a site, and returns another site of the app whose files are in the same or a nested path. */
export function recordSite(scope: IConstruct, location: SiteLocation): SiteLocation | undefined {
  const { root } = scope.node;
  const others = locations.get(root) ?? [];
  locations.set(root, [...others, location]);
  return others.find(
    ({ bucket, prefix }) =>
      bucket === location.bucket && (prefix.startsWith(location.prefix) || location.prefix.startsWith(prefix)),
  );
}
