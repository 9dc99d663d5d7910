import { aws_s3 as s3 } from 'aws-cdk-lib';
import { OBJECT_KEY } from '../../aws/limits';
import { readOptions } from '../../pipeline/read-options';
import { planResource, type ResourceSourceSpec } from '../resource/read-resource';
import {
  SOURCE_OPTIONS,
  type SourceOptions,
  validName,
  type SourceAction,
  type SourceContext,
  type SourcePlanner,
} from '../source-planner';

/** Describes an S3 source. */
export interface S3SourceSpec extends ResourceSourceSpec {
  readonly kind: 's3-source';
  readonly resource: s3.IBucket;
  readonly objectKey: string;
}

const BUCKET = {
  attribute: 'bucketArn',
  resourceKind: 'an S3 bucket',
  fix: "create one with versioned: true, or import one with s3.Bucket.fromBucketName(this, 'Data', 'acme-releases')",
  otherRegionFix: 'replicate the object to a bucket in that Region',
};

/**
 * Actions on the artifact bucket if the object has tags.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
const TAG_CALLS = ['s3:PutObjectTagging', 's3:GetObjectTagging', 's3:GetObjectVersionTagging'];

/**
 * Rule of keys. S3 accepts other keys, but its console and some SDKs cannot read them.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
const OBJECT_KEY_PATH = "not begin with '/' or contain '..'";

/** Plans an S3 source. */
export class S3Source implements SourcePlanner {
  public constructor(
    private readonly bucket: s3.IBucket,
    private readonly objectKey: string,
    private readonly options: SourceOptions,
  ) {}

  public plan({ problems, pipelineEnv }: Required<SourceContext>): SourceAction<S3SourceSpec> {
    const { bucket } = this;
    readOptions(this.options, SOURCE_OPTIONS, problems);
    const at = problems.at('bucket');
    const resourceEnv = planResource(bucket, BUCKET, pipelineEnv, at);
    if (resourceEnv && isUnversioned(bucket)) {
      at.add('be versioned', bucket.node.path, 'set versioned: true; each execution reads one object version');
    }
    const fix = "use the key of a zip file, e.g. 'releases/app.zip'";
    const objectKey = validName(this.objectKey, OBJECT_KEY, fix, problems.at('objectKey'));
    if (objectKey.startsWith('/') || objectKey.split('/').includes('..')) {
      problems.at('objectKey').add(OBJECT_KEY_PATH, objectKey, fix);
    }
    return {
      provider: 's3Source',
      configuration: { S3ObjectKey: objectKey, PollForSourceChanges: 'false' },
      propNames: { S3ObjectKey: 'objectKey' },
      artifactCalls: TAG_CALLS,
      resourceEnv,
      spec: { kind: 's3-source', resource: bucket, objectKey },
    };
  }
}

/** Returns whether a bucket of the app has no versioning. The versioning of an imported bucket is unknown. */
function isUnversioned(bucket: s3.IBucket): boolean {
  const resource = bucket.node.defaultChild;
  const isOwned = bucket instanceof s3.Bucket && resource instanceof s3.CfnBucket;
  return isOwned && resource.versioningConfiguration === undefined;
}
