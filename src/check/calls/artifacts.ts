import type { Context } from '../iam/request';
import type { ArtifactStore, PipelineModel } from '../pipeline';
import { Call, StoredArtifact, unknown } from './call';
import type { IamModel } from '../model/iam-model';

const ENCRYPTION = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html';
const STORE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html';
/** The key that S3 uses if no key is configured. */
const MANAGED_KEY = 'alias/aws/s3';

/**
 * Returns the ARN of the key of an artifact store.
 *
 * @param writer the account of the caller that writes, which contains a key that is configured by ID or alias
 */
export function storeKey(
  model: IamModel,
  { stack }: PipelineModel,
  region: string,
  { keyId }: ArtifactStore,
  writer = stack.account,
) {
  return model.keyArn(keyId ?? MANAGED_KEY, {
    account: keyId === undefined ? stack.account : writer,
    region,
    partition: stack.partition,
  });
}

/** Returns an artifact in the store of a Region. The key of the object is known only at run time. */
export function storedArtifact(
  pipeline: PipelineModel,
  name: string,
  { bucketArn }: ArtifactStore,
  keyArn: string,
): StoredArtifact {
  return {
    name,
    bucketArn,
    keyArn,
    objectArn: `${bucketArn}/${unknown({ pipeline }, `object of artifact ${name}`)}`,
  };
}

type CommonCall = Pick<Call, 'caller' | 'from'> & Partial<Pick<Call, 'uncertainty'>>;

export const OPTIONAL_READ = 'AWS lists it, but published roles without it are reported to work';

/** Returns the calls that read an artifact, including the decryption with its key. */
export function readArtifact(common: CommonCall, { objectArn, keyArn }: StoredArtifact, source = STORE): Call[] {
  return [
    { ...common, step: 'read', call: 's3:GetObject', resource: objectArn, basis: 'documented', source },
    {
      ...common,
      step: 'read',
      call: 's3:GetObjectVersion',
      resource: objectArn,
      basis: 'inferred',
      source,
      notRequired: OPTIONAL_READ,
    },
    ...useKey(common, 'read', ['kms:Decrypt'], keyArn),
  ];
}

/**
 * Returns the calls that write an artifact. S3 generates a data key, and decrypts it for the parts of a multipart
 * upload.
 */
export function writeArtifact(common: CommonCall, { objectArn, keyArn }: StoredArtifact, source = STORE): Call[] {
  return [
    {
      ...common,
      step: 'write',
      call: 's3:PutObject',
      resource: objectArn,
      basis: 'documented',
      source,
      context: encrypted(keyArn),
    },
    ...useKey(common, 'write', ['kms:GenerateDataKey'], keyArn),
    ...useKey(
      {
        ...common,
        uncertainty: common.uncertainty ?? 'only the multipart upload of a large object decrypts with the key',
      },
      'write',
      ['kms:Decrypt'],
      keyArn,
      'inferred',
    ),
  ];
}

function encrypted(keyArn: string): Context {
  const context: Context = { 's3:x-amz-server-side-encryption': ['aws:kms'] };
  if (keyArn.includes(':alias/aws/')) return context;
  return { ...context, 's3:x-amz-server-side-encryption-aws-kms-key-id': [keyArn] };
}

/** Returns the calls with a key that S3, or another service, makes on behalf of the caller. */
export function useKey(
  { caller, from, uncertainty }: CommonCall,
  step: Call['step'],
  calls: readonly string[],
  keyArn: string,
  basis: Call['basis'] = 'documented',
  service = 's3',
  source = ENCRYPTION,
): Call[] {
  const [, , , region] = keyArn.split(':');
  const context: Context = { 'kms:viaservice': [`${service}.${region}.amazonaws.com`], 'aws:viaawsservice': ['true'] };
  return calls.map((call) => ({ caller, from, uncertainty, step, call, resource: keyArn, basis, source, context }));
}

/**
 * Returns the calls that AWS lists for the pipeline role on each artifact store. The role reads and writes artifacts
 * only for actions without an action role.
 */
export function storeCalls(pipeline: PipelineModel, model: IamModel): Call[] {
  const common: CommonCall = { caller: { role: pipeline.roleArn }, from: pipeline.stack };
  const uncertain: CommonCall = {
    ...common,
    uncertainty: 'AWS lists it for every pipeline, but actions have their own roles',
  };
  return [...pipeline.stores].flatMap(([region, store]) => {
    const artifact = storedArtifact(pipeline, 'of any action', store, storeKey(model, pipeline, region, store));

    // The role of the AWS reference architecture for ECS allows GetBucketVersioning only on objects, which has no
    // effect.
    function bucketCall(call: string): Call {
      return {
        ...common,
        step: 'read',
        call,
        resource: store.bucketArn,
        basis: 'inferred',
        source: STORE,
        notRequired: OPTIONAL_READ,
      };
    }

    return [
      ...['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'].map(bucketCall),
      ...[...readArtifact(uncertain, artifact), ...writeArtifact(uncertain, artifact)].map((call): Call => ({
        ...call,
        basis: 'inferred',
      })),
    ];
  });
}
