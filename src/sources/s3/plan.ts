import { aws_s3 as s3 } from 'aws-cdk-lib';
import { OBJECT_KEY } from '../../aws/limits';
import { planResource, type ResourceSourceSpec } from '../resource/read-resource';
import { validName, type SourceAction, type SourceContext, type SourcePlanner } from '../source-planner';

/** Describes a source in a bucket. */
export interface S3SourceSpec extends ResourceSourceSpec {
  readonly kind: 's3-source';
  readonly resource: s3.IBucket;
  readonly objectKey: string;
}

const BUCKET = {
  what: 'a bucket',
  fix: "create one with versioned: true, or import it by s3.Bucket.fromBucketName(this, 'Releases', 'acme-releases')",
  otherRegionFix: 'replicate the object into a bucket here',
};

/** Plans a source in a bucket. */
export class S3Source implements SourcePlanner {
  public constructor(
    private readonly bucket: s3.IBucket,
    private readonly objectKey: string,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<S3SourceSpec> {
    const { bucket } = this;
    const at = problems.at('bucket');
    const resourceEnv = planResource(bucket, BUCKET, pipelineEnv, at);
    if (resourceEnv && isUnversioned(bucket)) {
      at.add('be versioned', bucket.node.path, 'make it with versioned: true, since a run is of one version');
    }
    const fix = "name a zip file, as in 'releases/app.zip'";
    const objectKey = validName(this.objectKey, OBJECT_KEY, fix, problems.at('objectKey'));
    return {
      provider: 's3Source',
      configuration: { S3ObjectKey: objectKey, PollForSourceChanges: 'false' },
      propNames: { S3ObjectKey: 'objectKey' },
      resourceEnv,
      spec: { kind: 's3-source', resource: bucket, objectKey },
    };
  }
}

/** Returns whether a bucket of the app keeps no versions. Of imported ones it is unknown. */
function isUnversioned(bucket: s3.IBucket): boolean {
  const resource = bucket.node.defaultChild;
  const isOwned = bucket instanceof s3.Bucket && resource instanceof s3.CfnBucket;
  return isOwned && resource.versioningConfiguration === undefined;
}
