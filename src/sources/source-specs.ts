import type { aws_codecommit as codecommit, aws_ecr as ecr, aws_s3 as s3 } from 'aws-cdk-lib';
import type { Environment } from '../pipeline/env';
import type { ConnectionProviderId } from '../aws/connection-providers';

export type SourcePlan = ConnectionSourcePlan | CodeCommitSourcePlan | S3SourcePlan | EcrSourcePlan;

export interface ConnectionSourcePlan {
  readonly kind: 'connection-source';
  readonly providerType: ConnectionProviderId;
  readonly connection: ConnectionPlan;
  readonly repository: string;
  readonly branch: string;
  /** Builds clone the repository themselves, with its history. */
  readonly fullClone: boolean;
}

export type ConnectionPlan =
  | { readonly kind: 'arn'; readonly arn: string }
  | { readonly kind: 'parameter'; readonly parameterName: string }
  | { readonly kind: 'new'; readonly name?: string; readonly hostArn?: string };

export interface CodeCommitSourcePlan {
  readonly kind: 'codecommit-source';
  readonly repository: codecommit.IRepository;
  readonly place: Environment;
  readonly branch: string;
  readonly fullClone: boolean;
}

export interface S3SourcePlan {
  readonly kind: 's3-source';
  readonly bucket: s3.IBucket;
  readonly place: Environment;
  /** The path of the bucket, if it is known to keep no versions. */
  readonly unversioned?: string;
  readonly objectKey: string;
}

export interface EcrSourcePlan {
  readonly kind: 'ecr-source';
  readonly repository: ecr.IRepository;
  readonly place: Environment;
  readonly imageTag: string;
}
