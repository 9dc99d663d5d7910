import type { Context } from '../iam/request';
import type { ArtifactStore, PipelineModel } from '../pipeline';
import { Call, StoredArtifact, unknown } from './call';
import type { IamModel } from '../model/iam-model';

const ENCRYPTION = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html';
const STORE = 'https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html';
/** The key with which S3 encrypts when nobody names one. */
const MANAGED_KEY = 'alias/aws/s3';

/**
 * The key of an artifact store, as an ARN.
 *
 * @param writer account of who writes with it: a key given by its id or alias is looked up there
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

/** An artifact in the store of a region; its object has a key that only the run tells. */
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

type Common = Pick<Call, 'caller' | 'from'> & Partial<Pick<Call, 'doubt'>>;

/** Reading an artifact: S3 decrypts with the key that it was written with. */
export function readArtifact(common: Common, { objectArn, keyArn }: StoredArtifact, source = STORE): Call[] {
  return [
    { ...common, step: 'read', call: 's3:GetObject', resource: objectArn, basis: 'documented', source },
    {
      ...common,
      step: 'read',
      call: 's3:GetObjectVersion',
      resource: objectArn,
      basis: 'inferred',
      source,
      uncertainty: common.uncertainty ?? 'AWS lists it, but published roles without it are said to work',
    },
    ...useKey(common, 'read', ['kms:Decrypt'], keyArn),
  ];
}

/** Writing one: S3 asks for a data key, and decrypts it again for the parts of a large object. */
export function writeArtifact(common: Common, { objectArn, keyArn }: StoredArtifact, source = STORE): Call[] {
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
        uncertainty: common.uncertainty ?? 'only a large object is written in parts, for which the key is used to decrypt',
      },
      'write',
      ['kms:Decrypt'],
      keyArn,
      'inferred',
    ),
  ];
}

function encrypted(keyArn: string): Context {
  return {
    's3:x-amz-server-side-encryption': ['aws:kms'],
    ...(keyArn.includes(':alias/aws/') ? {} : { 's3:x-amz-server-side-encryption-aws-kms-key-id': [keyArn] }),
  };
}

/** Calls of a key that S3, or another service, makes on behalf of who called it. */
export function useKey(
  { caller, from, uncertainty: doubt }: Common,
  step: Call['step'],
  calls: readonly string[],
  keyArn: string,
  basis: Call['basis'] = 'documented',
  service = 's3',
  source = ENCRYPTION,
): Call[] {
  const [, , , region] = keyArn.split(':');
  const context: Context = { 'kms:viaservice': [`${service}.${region}.amazonaws.com`], 'aws:viaawsservice': ['true'] };
  return calls.map((call) => ({ caller, from, doubt, step, call, resource: keyArn, basis, source, context }));
}

/**
 * What AWS lists for the role of a pipeline on each of its stores. The artifacts themselves are read and written by the
 * roles of the actions; that of the pipeline is among them only where an action has none of its own.
 */
export function storeCalls(pipeline: PipelineModel, model: IamModel): Call[] {
  const common: Common = { caller: { role: pipeline.roleArn }, from: pipeline.stack };
  const doubtful: Common = { ...common, uncertainty: 'AWS lists it for every pipeline, but actions have roles of their own' };
  return [...pipeline.stores].flatMap(([region, store]) => {
    const artifact = storedArtifact(pipeline, 'of any action', store, storeKey(model, pipeline, region, store));

    // Even the role of AWS's own reference architecture for ECS has GetBucketVersioning for the objects only, which is
    // nothing.
    function bucket(call: string): Call {
      return {
        ...common,
        step: 'read',
        call,
        resource: store.bucketArn,
        basis: 'inferred',
        source: STORE,
        uncertainty: 'AWS lists it, but published roles without it are said to work',
      };
    }

    return [
      ...['s3:GetBucketVersioning', 's3:GetBucketAcl', 's3:GetBucketLocation'].map(bucket),
      ...[...readArtifact(doubtful, artifact), ...writeArtifact(doubtful, artifact)].map((call): Call => ({
        ...call,
        basis: 'inferred',
      })),
    ];
  });
}
