import { type aws_codepipeline as codepipeline, aws_kms as kms, aws_s3 as s3, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { storeBucketName, type PipelineIdentity } from './cross-account-names';
import { type CrossAccountRole, renderArtifactBucket } from './artifact-bucket';
import { shareBucket } from './shared-bucket';
import { supportStack } from './sibling-stack';

/** Describes the artifact stores of a pipeline. */
export interface StoresRequest {
  readonly identity: PipelineIdentity;
  readonly artifactDays: number;
  /** Other Regions in which actions run. */
  readonly regions: readonly string[];
  readonly crossAccountRoles: readonly CrossAccountRole[];
  /** Bucket of the user in the Region of the pipeline. By default, a new one. */
  readonly bucket?: s3.IBucket;
}

/** Artifact stores of a pipeline. */
export interface ArtifactStores {
  /** Bucket in the Region of the pipeline. */
  readonly primary: s3.IBucket;
  /** Buckets in other Regions, each in a separate stack. */
  readonly replicas: Readonly<Record<string, s3.IBucket>>;
}

const KEY_ARN = 'KeyArn';

/**
 * Renders the artifact buckets. CodePipeline requires a bucket in each Region in which actions run, in the account of
 * the pipeline, and copies the artifacts to it.
 */
export function renderStores(
  scope: Construct,
  { identity, artifactDays, regions, crossAccountRoles, bucket }: StoresRequest,
): ArtifactStores {
  const crossAccount = crossAccountRoles.length > 0;

  function request(region: string) {
    return {
      artifactDays,
      crossAccount,
      crossAccountRoles: crossAccountRoles.filter((role) => role.region === region),
    };
  }

  function renderReplica(region: string): s3.IBucket {
    const bucketName = storeBucketName(identity, region);
    const stack = supportStack(
      scope,
      `artifacts-${region}`,
      { account: identity.account, region },
      `Artifacts of the pipeline ${identity.pipelineName} in ${region}`,
    );
    const { encryptionKey } = renderArtifactBucket(stack, { ...request(region), bucketName });
    const imported = new Construct(scope, `Artifacts-${region}`);
    if (!encryptionKey) return s3.Bucket.fromBucketAttributes(imported, 'Bucket', { bucketName });
    // The ARN of a key is unknown until it is created, so it is read from the outputs of the stack.
    new CfnOutput(stack, KEY_ARN, { value: encryptionKey.keyArn, description: 'Key of the artifacts' });
    const keyArn = Fn.getStackOutput(stack.stackName, KEY_ARN, region);
    return s3.Bucket.fromBucketAttributes(imported, 'Bucket', {
      bucketName,
      encryptionKey: kms.Key.fromKeyArn(imported, 'Key', keyArn),
    });
  }

  const primaryRequest = request(identity.region);
  if (bucket) shareBucket(bucket, primaryRequest.crossAccountRoles);
  return {
    primary: bucket ?? renderArtifactBucket(scope, primaryRequest),
    replicas: Object.fromEntries(regions.map((region) => [region, renderReplica(region)])),
  };
}

/** Returns the artifact stores as properties of a pipeline of aws-codepipeline. */
export function storesProps(
  scope: Construct,
  { primary, replicas }: ArtifactStores,
): Pick<codepipeline.PipelineProps, 'artifactBucket' | 'crossRegionReplicationBuckets'> {
  if (Object.keys(replicas).length === 0) return { artifactBucket: primary };
  return { crossRegionReplicationBuckets: { [Stack.of(scope).region]: primary, ...replicas } };
}
