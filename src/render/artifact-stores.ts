import { type aws_codepipeline as codepipeline, aws_kms as kms, aws_s3 as s3, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { storeBucketName, type PipelineIdentity } from './cross-account-names';
import { type CrossAccountRole, renderArtifactBucket } from './artifact-bucket';
import { supportStack } from './sibling-stack';

export interface StoresRequest {
  readonly identity: PipelineIdentity;
  readonly artifactDays: number;
  /** Regions besides that of the pipeline in which actions run. */
  readonly regions: readonly string[];
  readonly crossAccountRoles: readonly CrossAccountRole[];
}

/** The artifact stores of a pipeline: that of its own region, and those of others, in stacks of theirs. */
export interface ArtifactStores {
  readonly home: s3.Bucket;
  readonly others: Readonly<Record<string, s3.IBucket>>;
}

const KEY_ARN = 'KeyArn';

/**
 * CodePipeline needs a bucket in each region that an action runs in, owned by the account of the pipeline, and copies
 * the artifacts there.
 */
export function renderStores(
  scope: Construct,
  { identity, artifactDays, regions, crossAccountRoles }: StoresRequest,
): ArtifactStores {
  const crossAccount = crossAccountRoles.length > 0;

  function request(region: string) {
    return {
      artifactDays,
      crossAccount,
      crossAccountRoles: crossAccountRoles.filter((role) => role.region === region),
    };
  }

  const home = renderArtifactBucket(scope, request(identity.region));
  return {
    home,
    others: Object.fromEntries(
      regions.map((region) => {
        const stack = supportStack(
          scope,
          `artifacts-${region}`,
          { account: identity.account, region },
          `Artifacts of the pipeline ${identity.pipelineName} in ${region}`,
        );
        const { encryptionKey } = renderArtifactBucket(stack, {
          ...request(region),
          bucketName: storeBucketName(identity, region),
        });
        if (encryptionKey) {
          new CfnOutput(stack, KEY_ARN, { value: encryptionKey.keyArn, description: 'Key of the artifacts' });
        }
        const seen = new Construct(scope, `Artifacts-${region}`);
        return [
          region,
          s3.Bucket.fromBucketAttributes(seen, 'Bucket', {
            bucketName: storeBucketName(identity, region),
            // A key has no name that could be known in advance: the one value that is read from a stack of another
            // region.
            encryptionKey:
              encryptionKey && kms.Key.fromKeyArn(seen, 'Key', Fn.getStackOutput(stack.stackName, KEY_ARN, region)),
          }),
        ];
      }),
    ),
  };
}

/** How the pipeline of aws-codepipeline is told. */
export function storesProps(
  scope: Construct,
  { home, others }: ArtifactStores,
): Pick<codepipeline.PipelineProps, 'artifactBucket' | 'crossRegionReplicationBuckets'> {
  return Object.keys(others).length === 0
    ? { artifactBucket: home }
    : { crossRegionReplicationBuckets: { [Stack.of(scope).region]: home, ...others } };
}
