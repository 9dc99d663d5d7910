import type { aws_codecommit as codecommit, aws_ecr as ecr, aws_s3 as s3 } from 'aws-cdk-lib';
import type { PlacePlan } from './place-plan';
import type { ConnectionProviderId } from '../facts/connection-providers';

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
  readonly place: PlacePlan;
  readonly branch: string;
  readonly fullClone: boolean;
}

export interface S3SourcePlan {
  readonly kind: 's3-source';
  readonly bucket: s3.IBucket;
  readonly place: PlacePlan;
  /** The path of the bucket, if it is known to keep no versions. */
  readonly unversioned?: string;
  readonly objectKey: string;
}

export interface EcrSourcePlan {
  readonly kind: 'ecr-source';
  readonly repository: ecr.IRepository;
  readonly place: PlacePlan;
  readonly imageTag: string;
}
