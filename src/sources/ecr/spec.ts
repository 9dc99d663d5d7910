import type { aws_ecr as ecr } from 'aws-cdk-lib';
import type { ResourceSourceSpec } from '../resource/resource-source';

/** Describes a source that is an image. */
export interface EcrSourceSpec extends ResourceSourceSpec {
  readonly kind: 'ecr-source';
  readonly resource: ecr.IRepository;
  readonly imageTag: string;
}
