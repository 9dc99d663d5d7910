import { aws_s3 as s3, type IResource, Token } from 'aws-cdk-lib';
import type { Environment } from '../pipeline/env';

/** Where something is, as far as it is known. */
export function readPlace({ env: { account, region } }: Pick<IResource, 'env'>): Environment {
  return { account: concrete(account), region: concrete(region) };
}

const concrete = (value: string) => (Token.isUnresolved(value) ? undefined : value);

/** The path of a bucket of the app that keeps no versions. Of others it is not known. */
export function readUnversioned(bucket: s3.IBucket): string | undefined {
  const resource = bucket.node.defaultChild;
  const isOurs = bucket instanceof s3.Bucket && resource instanceof s3.CfnBucket;
  return isOurs && resource.versioningConfiguration === undefined ? bucket.node.path : undefined;
}
